package org.ipspipeline.bpf.frames;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;
import org.ipspipeline.bpf.frames.ClientRange.Order;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.BpfProgram;
import org.ipspipeline.bpf.kernel.Errno;
import org.ipspipeline.bpf.kernel.KernelException;
import org.ipspipeline.bpf.kernel.NativeMemory;
import org.ipspipeline.bpf.kernel.NetworkInterfaces;
import org.ipspipeline.bpf.object.ObjectFile;

/**
 * Sends the packets of many clients out of one interface. For one thread, which must be in the interface's network
 * namespace; threads that send at the same time have a sender each.
 */
public final class FrameSender implements AutoCloseable {

    /** What has become of the frames. */
    public record Progress(long frames, long failed) {}

    /**
     * How many frames the kernel hands over at a time. The queue of a veth takes 256: larger batches find it full more
     * often, and what finds it full is lost.
     */
    private static final int BATCH = 64;

    private static final String OBJECT = "frame_sender.o";

    /** {@code struct job} of frame_sender.c. */
    private static final int JOB_SOURCE_HIGH = 64;

    private static final int JOB_SOURCE_LOW = 72;
    private static final int JOB_STEP_HIGH = 80;
    private static final int JOB_STEP_LOW = 88;
    private static final int JOB_CLIENTS = 96;
    private static final int JOB_RANDOM = 100;
    private static final int JOB_IPV6 = 104;
    private static final int JOB_INTERFACE = 108;
    private static final int JOB_HEADER_SUM = 112;
    private static final int JOB_PAYLOAD_SUM = 116;
    private static final int JOB_SIZE = 120;

    /** {@code struct progress} of frame_sender.c. */
    private static final int PROGRESS_RANDOM = 0;

    private static final int PROGRESS_FRAMES = 8;
    private static final int PROGRESS_FAILED = 16;
    private static final int PROGRESS_SIZE = 32;

    private final BpfMap jobs;
    private final BpfMap progresses;
    private final BpfProgram program;
    private final NativeMemory frame;
    private final NativeMemory key = new NativeMemory(Integer.BYTES);
    private final NativeMemory progress = new NativeMemory(PROGRESS_SIZE);

    private FrameSender(BpfMap jobs, BpfMap progresses, BpfProgram program, NativeMemory frame) {
        this.jobs = jobs;
        this.progresses = progresses;
        this.program = program;
        this.frame = frame;
    }

    /**
     * Makes a sender.
     *
     * @param interfaceName in this thread's network namespace; for a veth pair the near end
     * @param template what each frame is
     * @param clients whom each frame comes from, of the template's family
     * @return the sender
     * @throws IOException without the interface, the privileges or the kernel's support, with what to do about it
     */
    public static FrameSender open(String interfaceName, UdpTemplate template, ClientRange clients) throws IOException {
        int index = NetworkInterfaces.indexOf(interfaceName);
        if (index == 0) {
            throw new IOException("live frames: there is no network interface '" + interfaceName
                    + "'; 'ip link' shows those there are");
        }
        try {
            return open(index, template, clients);
        } catch (KernelException failure) {
            String mend = failure.errno() == Errno.EPERM
                    ? "run as root, or with both CAP_BPF and CAP_NET_ADMIN"
                    : "needs Linux 5.18 or newer, this is " + System.getProperty("os.version");
            throw new IOException("live frames: " + interfaceName + ": " + failure.getMessage() + "; " + mend, failure);
        }
    }

    private static FrameSender open(int index, UdpTemplate template, ClientRange clients) {
        ObjectFile object = ObjectFile.ofResource(OBJECT);
        BpfMap jobs = BpfMap.create(object.map("jobs"));
        try {
            BpfMap progresses = BpfMap.create(object.map("progresses"));
            try {
                BpfProgram program = object.load(Map.of("jobs", jobs, "progresses", progresses));
                FrameSender sender = new FrameSender(jobs, progresses, program, template.toMemory());
                sender.start(index, template, clients);
                return sender;
            } catch (RuntimeException failure) {
                progresses.close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            jobs.close();
            throw failure;
        }
    }

    private void start(int index, UdpTemplate template, ClientRange clients) {
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
                .putInt(JOB_INTERFACE, index)
                .putInt(JOB_HEADER_SUM, template.headerSum())
                .putInt(JOB_PAYLOAD_SUM, template.payloadSum());
        jobs.update(key, job);
        progress.bytes().putLong(PROGRESS_RANDOM, new SecureRandom().nextLong() | 1);
        progresses.update(key, progress);
    }

    /**
     * Sends frames, and returns when the kernel has handed them to the interface. A call costs some ten microseconds
     * besides the frames: for the highest rate, ask for a million or so.
     *
     * @param count how many, at least 1
     * @throws KernelException with EINVAL on a kernel before 5.18
     */
    public void send(int count) {
        program.runLive(frame, count, Math.min(count, BATCH));
    }

    /**
     * What has become of the frames so far: handed to the interface, or not because it is gone. Not every frame handed
     * over arrives.
     *
     * @return counts since the sender was made
     */
    public Progress progress() {
        progresses.lookup(key, progress);
        return new Progress(
                progress.bytes().getLong(PROGRESS_FRAMES), progress.bytes().getLong(PROGRESS_FAILED));
    }

    /** Lets go of the program and its maps. */
    @Override
    public void close() {
        program.close();
        progresses.close();
        jobs.close();
    }
}
