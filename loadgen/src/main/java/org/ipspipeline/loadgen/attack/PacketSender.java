package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipspipeline.loadgen.net.MessageBatch;
import org.ipspipeline.loadgen.net.NativeSocket;
import org.ipspipeline.loadgen.net.NetworkDevice;
import org.ipspipeline.loadgen.net.PacketSockets;

/** Sends whole frames through a packet socket (AF_PACKET), a burst with one {@code sendmmsg}. Needs CAP_NET_RAW. */
final class PacketSender implements AttackSender {

    private static final int BURST = 64;

    private final NetworkDevice device;
    private final NativeSocket socket;
    private final Frame frame;
    private final AttackCounter counter;
    private final SourceCursor sources;
    private final MessageBatch batch;
    private final ByteBuffer memory;

    private PacketSender(NetworkDevice device, NativeSocket socket, Frame frame, Flood flood) {
        this.device = device;
        this.socket = socket;
        this.frame = frame;
        this.counter = flood.counter();
        this.sources = flood.cursor();
        batch = new MessageBatch(BURST, frame.length(), 0);
        memory = batch.memory().duplicate().order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < BURST; i++) {
            frame.writeTo(memory, batch.payload(i));
        }
    }

    /**
     * Opens a sender.
     *
     * @param uplink the frames' way
     * @param flood what is sent
     * @throws IOException when the kernel refuses, for want of CAP_NET_RAW for example
     */
    static PacketSender open(Uplink uplink, Flood flood) throws IOException {
        NetworkDevice device = uplink.device();
        Frame frame = Frame.of(device.mac(), uplink.neighbour(), flood);
        return new PacketSender(device, PacketSockets.sendingOn(device), frame, flood);
    }

    @Override
    public String description() {
        return "AF_PACKET on " + device.name();
    }

    @Override
    public AttackCounter counter() {
        return counter;
    }

    @Override
    public int burst() {
        return BURST;
    }

    @Override
    public int send(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            frame.setSource(memory, batch.payload(i), sources.high(), sources.nextLow());
        }
        int sent = batch.send(socket, 0, count);
        sources.back(count - Math.max(sent, 0));
        return BurstResult.taken(sent, description());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
