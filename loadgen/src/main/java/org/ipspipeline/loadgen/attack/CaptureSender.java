package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipspipeline.loadgen.net.MacAddress;
import org.ipspipeline.loadgen.net.MessageBatch;
import org.ipspipeline.loadgen.net.NativeSocket;
import org.ipspipeline.loadgen.net.NetworkDevice;
import org.ipspipeline.loadgen.net.PacketSockets;

/**
 * Sends the frames of a capture again through a packet socket. Their Ethernet addresses become those of the way to the target;
 * everything else goes out as it was captured. Needs CAP_NET_RAW.
 */
final class CaptureSender implements AttackSender {

    private static final int BURST = 64;

    private final NetworkDevice device;
    private final MacAddress neighbour;
    private final NativeSocket socket;
    private final CaptureFile capture;
    private final boolean again;
    private final MessageBatch batch;
    private final ByteBuffer memory;
    private int next;
    private AttackCounter counter = AttackCounter.SENT_IPV4;

    private CaptureSender(Uplink uplink, NativeSocket socket, CaptureFile capture, boolean again) {
        this.device = uplink.device();
        this.neighbour = uplink.neighbour();
        this.socket = socket;
        this.capture = capture;
        this.again = again;
        batch = new MessageBatch(BURST, capture.longest(), 0);
        memory = batch.memory();
    }

    /**
     * Opens a sender.
     *
     * @param uplink the frames' way
     * @param capture what is sent
     * @param again whether to begin anew at its end
     * @throws IOException when the kernel refuses, for want of CAP_NET_RAW for example
     */
    static CaptureSender open(Uplink uplink, CaptureFile capture, boolean again) throws IOException {
        return new CaptureSender(uplink, PacketSockets.sendingOn(uplink.device()), capture, again);
    }

    @Override
    public String description() {
        return "AF_PACKET on " + device.name() + ", " + capture.count() + " captured frames";
    }

    @Override
    public AttackCounter counter() {
        return counter;
    }

    @Override
    public boolean isExhausted() {
        return next == capture.count();
    }

    /** The frames up to the next of another family: all of a burst are counted alike. */
    @Override
    public int burst() {
        int frames = 1;
        boolean ipv4 = capture.isIpv4(next);
        while (frames < BURST && next + frames < capture.count() && capture.isIpv4(next + frames) == ipv4) {
            frames++;
        }
        return frames;
    }

    @Override
    public int send(int count) throws IOException {
        counter = capture.isIpv4(next) ? AttackCounter.SENT_IPV4 : AttackCounter.SENT_IPV6;
        for (int i = 0; i < count; i++) {
            int at = batch.payload(i);
            capture.copy(next + i, memory, at);
            for (int b = 0; b < 6; b++) {
                memory.put(at + b, neighbour.get(b));
                memory.put(at + 6 + b, device.mac().get(b));
            }
            batch.setPayloadLength(i, capture.length(next + i));
        }
        int taken = BurstResult.taken(batch.send(socket, 0, count), description());
        next += taken;
        if (again && next == capture.count()) {
            next = 0;
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
