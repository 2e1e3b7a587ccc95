package org.ipspipeline.bpf.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loaded XDP program. Safe for use by many threads. */
public final class BpfProgram implements AutoCloseable {

    /** What a program made of one packet. */
    public record TestResult(int action, ByteBuffer packet, int nanosecondsEach) {}

    /** BPF_F_XDP_HAS_FRAGS: the program may see packets whose data lie in several pages. */
    private static final int FLAG_FRAGMENTS = 1 << 5;

    private static final int TYPE_XDP = 6;
    private static final int ATTACH_XDP = 37;
    private static final int INSTRUCTION_SIZE = 8;
    private static final int LOG_SIZE = 1 << 20;
    private static final int PACKET_ROOM = 4096;
    private static final int FLAG_LIVE_FRAMES = 1 << 1;

    /** Offsets in {@code struct bpf_prog_info}. */
    private static final int INFO_ID = 4;

    private static final int INFO_NAME = 64;
    private static final int INFO_LENGTH = 80;

    private final String name;
    private final Descriptor descriptor;

    private BpfProgram(String name, Descriptor descriptor) {
        this.name = name;
        this.descriptor = descriptor;
    }

    /**
     * Loads an XDP program.
     *
     * @param name for people, at most 15 characters
     * @param instructions relocated
     * @param license as the kernel wants to know it
     * @return the program
     * @throws KernelException with EPERM without CAP_BPF and CAP_NET_ADMIN; when the kernel's verifier refuses the
     *     program, with its last words
     */
    public static BpfProgram loadXdp(String name, byte[] instructions, String license) {
        int result = load(name, instructions, license, FLAG_FRAGMENTS, null);
        if (result == -Errno.EINVAL) {
            // A kernel before 5.18 does not know the flag.
            result = load(name, instructions, license, 0, null);
        }
        if (result < 0) {
            throw refusal(name, instructions, license, -result);
        }
        return new BpfProgram(name, new Descriptor(result));
    }

    private static int load(String name, byte[] instructions, String license, int flags, @Nullable NativeMemory log) {
        NativeMemory code = NativeMemory.of(instructions);
        NativeMemory terms = Bpf.string(license);
        NativeMemory attributes = BpfAttributes.zeroed();
        ByteBuffer bytes = attributes.bytes();
        bytes.putInt(BpfAttributes.PROGRAM_TYPE, TYPE_XDP)
                .putInt(BpfAttributes.PROGRAM_INSTRUCTION_COUNT, instructions.length / INSTRUCTION_SIZE)
                .putLong(BpfAttributes.PROGRAM_INSTRUCTIONS, code.address())
                .putLong(BpfAttributes.PROGRAM_LICENSE, terms.address())
                .putInt(BpfAttributes.PROGRAM_FLAGS, flags)
                .putInt(BpfAttributes.PROGRAM_ATTACH_TYPE, ATTACH_XDP);
        if (log != null) {
            bytes.putInt(BpfAttributes.PROGRAM_LOG_LEVEL, 1)
                    .putInt(BpfAttributes.PROGRAM_LOG_SIZE, log.size())
                    .putLong(BpfAttributes.PROGRAM_LOG, log.address());
        }
        Bpf.putName(attributes, BpfAttributes.PROGRAM_NAME, name);
        return Bpf.call(Bpf.PROG_LOAD, attributes, code, terms, log);
    }

    /** Loads once more with the verifier's log, which is expensive, to say why it was refused. */
    private static KernelException refusal(String name, byte[] instructions, String license, int errno) {
        String what = "bpf: load program '" + name + "'";
        if (errno != Errno.EINVAL && errno != Errno.EACCES) {
            return new KernelException(what, errno);
        }
        NativeMemory log = new NativeMemory(LOG_SIZE);
        load(name, instructions, license, 0, log);
        String text = StandardCharsets.UTF_8
                .decode(log.bytes().duplicate())
                .toString()
                .replace("\0", "")
                .strip();
        List<String> lines = text.lines().toList();
        String verdict = lines.isEmpty() ? "" : lines.get(Math.max(0, lines.size() - 2));
        return new KernelException(what + (verdict.isBlank() ? "" : ": " + verdict), errno);
    }

    /**
     * The name that the kernel shows.
     *
     * @return as given to {@link #loadXdp}
     */
    public String name() {
        return name;
    }

    /**
     * The number by which the kernel shows the program.
     *
     * @return an id that no other program has at the same time
     */
    public int id() {
        return Bpf.info("bpf: program '" + name + "': info", descriptor(), INFO_LENGTH)
                .bytes()
                .getInt(INFO_ID);
    }

    /** The name of the program of an id, or an empty one when it is gone or nameless. */
    static String nameOf(int id) {
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes.bytes().putInt(BpfAttributes.ID_START, id);
        int number = Bpf.call(Bpf.PROG_GET_FD_BY_ID, attributes);
        if (number < 0) {
            return "";
        }
        try (Descriptor descriptor = new Descriptor(number)) {
            return Bpf.nameAt(Bpf.info("bpf: program " + id, descriptor.number(), INFO_LENGTH), INFO_NAME);
        }
    }

    int descriptor() {
        return descriptor.number();
    }

    /**
     * Runs the program on one packet, repeatedly, without any interface.
     *
     * @param packet an Ethernet frame of at least 14 bytes
     * @param repeat how often
     * @return the last run's action and packet, and the time that the kernel took for each
     */
    public TestResult test(byte[] packet, int repeat) {
        NativeMemory in = NativeMemory.of(packet);
        NativeMemory out = new NativeMemory(PACKET_ROOM);
        NativeMemory attributes = BpfAttributes.zeroed();
        ByteBuffer bytes = attributes.bytes();
        bytes.putInt(BpfAttributes.TEST_PROGRAM, descriptor())
                .putInt(BpfAttributes.TEST_SIZE_IN, packet.length)
                .putInt(BpfAttributes.TEST_SIZE_OUT, out.size())
                .putLong(BpfAttributes.TEST_DATA_IN, in.address())
                .putLong(BpfAttributes.TEST_DATA_OUT, out.address())
                .putInt(BpfAttributes.TEST_REPEAT, repeat);
        Bpf.require("bpf: program '" + name + "': test", Bpf.call(Bpf.PROG_TEST_RUN, attributes, in, out, null));
        return new TestResult(
                bytes.getInt(BpfAttributes.TEST_RESULT),
                out.bytes().slice(0, bytes.getInt(BpfAttributes.TEST_SIZE_OUT)),
                bytes.getInt(BpfAttributes.TEST_DURATION));
    }

    /**
     * Runs the program on frames that are real: what it redirects is sent. Returns when all have been run.
     *
     * @param frame what each frame is before the program changes it
     * @param repeat how many frames
     * @param batch how many at a time, at most 256
     * @throws KernelException with EINVAL on a kernel before 5.18
     */
    public void runLive(NativeMemory frame, int repeat, int batch) {
        NativeMemory attributes = BpfAttributes.zeroed();
        attributes
                .bytes()
                .putInt(BpfAttributes.TEST_PROGRAM, descriptor())
                .putInt(BpfAttributes.TEST_SIZE_IN, frame.size())
                .putLong(BpfAttributes.TEST_DATA_IN, frame.address())
                .putInt(BpfAttributes.TEST_REPEAT, repeat)
                .putInt(BpfAttributes.TEST_FLAGS, FLAG_LIVE_FRAMES)
                .putInt(BpfAttributes.TEST_BATCH_SIZE, batch);
        Bpf.require("bpf: program '" + name + "': send live frames", Bpf.call(Bpf.PROG_TEST_RUN, attributes, frame));
    }

    /** Lets go of the program; where it is attached, it stays. */
    @Override
    public void close() {
        descriptor.close();
    }
}
