package org.ipspipeline.loadgen.attack;

import java.io.IOException;
import org.ipspipeline.bpf.frames.ClientRange;
import org.ipspipeline.bpf.frames.FrameSender;
import org.ipspipeline.bpf.frames.LiveFrames;
import org.ipspipeline.bpf.frames.UdpTemplate;
import org.ipspipeline.bpf.kernel.KernelException;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MacAddress;
import org.ipspipeline.loadgen.net.NetworkDevice;

/**
 * Sends frames that the kernel makes by itself, a long burst with one system call: XDP live frames. Needs CAP_BPF and
 * CAP_NET_ADMIN, and at the other end of a veth pair native XDP or GRO.
 */
final class LiveFrameSender implements AttackSender {

    /** At four million packets a second this is some eight milliseconds: counts stay fresh, and the call itself costs nothing. */
    private static final int BURST = 1 << 15;

    /** An address of the kind that is given out locally, and that nobody here has. */
    private static final MacAddress NOBODY = new MacAddress(0x02_FF_FF_FF_FF_FEL);

    private final String device;
    private final FrameSender sender;
    private final AttackCounter counter;
    private final SharedLiveFrames shared;
    private long taken;

    private LiveFrameSender(String device, FrameSender sender, AttackCounter counter, SharedLiveFrames shared) {
        this.device = device;
        this.sender = sender;
        this.counter = counter;
        this.shared = shared;
    }

    /**
     * Opens a sender.
     *
     * @param uplink the frames' way
     * @param flood what is sent
     * @param shared by all senders of the interface
     * @throws IOException without privileges or the kernel's support, or when the frames would vanish on the way
     */
    static LiveFrameSender open(Uplink uplink, Flood flood, SharedLiveFrames shared) throws IOException {
        NetworkDevice device = uplink.device();
        if (!shared.isOpen() && device.driver().equals("veth")) {
            checkPassage(uplink, flood);
        }
        LiveFrames frames = shared.take(device.name());
        try {
            return new LiveFrameSender(device.name(), sender(frames, uplink, flood), flood.counter(), shared);
        } catch (IllegalStateException tooMany) {
            shared.giveBack();
            throw new IOException(tooMany.getMessage(), tooMany);
        }
    }

    private static FrameSender sender(LiveFrames frames, Uplink uplink, Flood flood) {
        Frame frame = Frame.of(uplink.device().mac(), uplink.neighbour(), flood);
        Address first = flood.sources().first();
        ClientRange clients = ClientRange.consecutive(
                first.high(), first.low(), flood.sources().count());
        return frames.sender(new UdpTemplate(frame.bytes()), clients);
    }

    /** A veth pair whose other end is not prepared for frames loses them without a word: one frame to nobody shows it. */
    private static void checkPassage(Uplink uplink, Flood flood) throws IOException {
        NetworkDevice device = uplink.device();
        try (LiveFrames frames = LiveFrames.open(device.name());
                FrameSender probe = sender(frames, new Uplink(device, NOBODY), flood)) {
            long before = device.traffic().sent();
            probe.send(1);
            if (device.traffic().sent() == before) {
                throw new IOException(
                        "XDP live frames vanish on " + device.name()
                                + ": the other end of a veth pair takes them only with native XDP or GRO on (ethtool -K IF gro on)");
            }
        } catch (KernelException failure) {
            throw new IOException("XDP live frames on " + device.name() + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public String description() {
        return "XDP live frames on " + device;
    }

    @Override
    public boolean countsDropped() {
        return true;
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
        shared.giveBack();
    }
}
