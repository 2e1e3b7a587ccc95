package org.ipspipeline.bpf.frames;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.ipspipeline.bpf.frames.ClientRange.Order;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.KernelException;
import org.ipspipeline.bpf.kernel.NativeMemory;

/**
 * Sends packets of one kind from one range of clients. For one thread, which must be in the interface's network namespace.
 */
public final class FrameSender implements AutoCloseable {

    /**
     * What has become of the frames.
     *
     * @param frames handed to the interface, which is not to say that they arrived
     * @param failed not handed to it, because it is gone
     */
    public record Progress(long frames, long failed) {}

    /** How many frames are handed over together. A veth end queues 256, and loses frames when that many come at once. */
    private static final int BATCH = 64;

    /** {@code struct job} of frame_sender.c. */
    private static final int JOB_SOURCE_HIGH = 64;

    private static final int JOB_SOURCE_LOW = 72;
    private static final int JOB_STEP_HIGH = 80;
    private static final int JOB_STEP_LOW = 88;
    private static final int JOB_CLIENTS = 96;
    private static final int JOB_RANDOM = 100;
    private static final int JOB_IPV6 = 104;
    private static final int JOB_HEADER_SUM = 112;
    private static final int JOB_PAYLOAD_SUM = 116;
    private static final int JOB_SIZE = 120;

    /** {@code struct progress} of frame_sender.c. */
    private static final int PROGRESS_RANDOM = 0;

    private static final int PROGRESS_FRAMES = 8;
    private static final int PROGRESS_FAILED = 16;
    private static final int PROGRESS_SIZE = 32;

    private final LiveFrames liveFrames;
    private final BpfMap progresses;
    private final NativeMemory frame;
    private final NativeMemory key = new NativeMemory(Integer.BYTES);
    private final NativeMemory progress = new NativeMemory(PROGRESS_SIZE);
    private boolean alone;

    FrameSender(LiveFrames liveFrames, int number, UdpTemplate template, ClientRange clients, int length) {
        this.liveFrames = liveFrames;
        this.progresses = liveFrames.map("progresses");
        this.frame = template.toMemory(length);
        key.bytes().putInt(0, number);
        liveFrames.map("jobs").update(key, job(template, clients));
        progress.bytes().putLong(PROGRESS_RANDOM, new SecureRandom().nextLong() | 1);
        progresses.update(key, progress);
    }

    private static NativeMemory job(UdpTemplate template, ClientRange clients) {
        NativeMemory job = new NativeMemory(JOB_SIZE);
        ByteBuffer bytes = job.bytes();
        template.putHeader(bytes, 0);
        bytes.putLong(JOB_SOURCE_HIGH, clients.high())
                .putLong(JOB_SOURCE_LOW, clients.low())
                .putLong(JOB_STEP_HIGH, clients.stepHigh())
                .putLong(JOB_STEP_LOW, clients.stepLow())
                .putInt(JOB_CLIENTS, clients.count())
                .putInt(JOB_RANDOM, clients.order() == Order.RANDOM ? 1 : 0)
                .putInt(JOB_IPV6, template.isIpv6() ? 1 : 0)
                .putInt(JOB_HEADER_SUM, template.headerSum())
                .putInt(JOB_PAYLOAD_SUM, template.payloadSum());
        return job;
    }

    /**
     * Makes a sender with a program of its own. Where an interface has several senders, let them share one
     * ({@link LiveFrames#sender}): of several programs, only the first has cheap calls.
     *
     * @param interfaceName in this thread's network namespace; for a veth pair the near end
     * @param template what each frame is
     * @param clients whom they come from, of the template's family
     * @return the sender
     * @throws IOException without the interface, the privileges or the kernel's support, with what to do about it
     */
    public static FrameSender open(String interfaceName, UdpTemplate template, ClientRange clients) throws IOException {
        LiveFrames own = LiveFrames.open(interfaceName);
        try {
            FrameSender sender = own.sender(template, clients);
            sender.alone = true;
            return sender;
        } catch (RuntimeException failure) {
            own.close();
            throw failure;
        }
    }

    /**
     * Sends frames, and returns when the kernel has handed them to the interface. A call costs 10 to 30 microseconds besides
     * its frames: to hold a rate, send every millisecond what is due.
     *
     * @param count how many, at least 1
     * @throws KernelException with EINVAL on a kernel before 5.18
     */
    public void send(int count) {
        liveFrames.program().runLive(frame, count, Math.min(count, BATCH));
    }

    /**
     * What has become of the frames so far.
     *
     * @return counts since the sender was made
     */
    public Progress progress() {
        progresses.lookup(key, progress);
        return new Progress(
                progress.bytes().getLong(PROGRESS_FRAMES), progress.bytes().getLong(PROGRESS_FAILED));
    }

    /** Lets go of the program if it is this sender's own. */
    @Override
    public void close() {
        if (alone) {
            liveFrames.close();
        }
    }
}
