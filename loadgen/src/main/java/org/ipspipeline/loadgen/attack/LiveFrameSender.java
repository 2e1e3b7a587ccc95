package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import org.ipspipeline.bpf.frames.ClientRange;
import org.ipspipeline.bpf.frames.FrameSender;
import org.ipspipeline.bpf.frames.UdpTemplate;
import org.ipspipeline.bpf.kernel.KernelException;
import org.ipspipeline.loadgen.net.Address;

/**
 * Sends frames that the kernel makes by itself, a long burst with one system call: XDP live frames. Needs CAP_BPF and
 * CAP_NET_ADMIN, and at the other end of a veth pair native XDP or GRO.
 */
final class LiveFrameSender implements AttackSender {

    /** At four million packets a second this is a twentieth of a second. */
    private static final int BURST = 1 << 18;

    private final String device;
    private final FrameSender sender;
    private long taken;

    private LiveFrameSender(String device, FrameSender sender) {
        this.device = device;
        this.sender = sender;
    }

    /**
     * Opens a sender.
     *
     * @param uplink the frames' way
     * @param flood what is sent
     * @throws IOException without privileges or the kernel's support
     */
    static LiveFrameSender open(Uplink uplink, Flood flood) throws IOException {
        Frame frame = Frame.of(uplink.device().mac(), uplink.neighbour(), flood);
        Address first = flood.sources().first();
        ClientRange clients = ClientRange.consecutive(
                first.high(), first.low(), flood.sources().count());
        return new LiveFrameSender(
                uplink.device().name(),
                FrameSender.open(uplink.device().name(), new UdpTemplate(frame.bytes()), clients));
    }

    @Override
    public String description() {
        return "XDP live frames on " + device;
    }

    @Override
    public int burst() {
        return BURST;
    }

    @Override
    public int send(int count) throws IOException {
        try {
            sender.send(count);
        } catch (KernelException failure) {
            throw new IOException(description() + ": " + failure.getMessage(), failure);
        }
        long before = taken;
        taken = sender.progress().frames();
        return (int) (taken - before);
    }

    @Override
    public void close() {
        sender.close();
    }
}
