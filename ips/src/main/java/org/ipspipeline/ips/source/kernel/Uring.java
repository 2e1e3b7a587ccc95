package org.ipspipeline.ips.source.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipspipeline.ipc.layout.Words;

/**
 * An io_uring that reads files: its own submission and completion ring, and buffers that are registered once, so that the kernel
 * need not map them for each read. One call submits as many reads as there are buffers and waits for all of them. For one thread.
 *
 * <pre>
 *   read(file, position, length):
 *     SQE 0: READ_FIXED  buffer 0  position          ---+
 *     SQE 1: READ_FIXED  buffer 1  position + 64 KiB ---+-- one io_uring_enter --> CQE 0, CQE 1, ...
 * </pre>
 */
public final class Uring implements Closeable {

    /** Bytes of each registered buffer. */
    public static final int BUFFER_SIZE = 64 * 1024;
    /** How many there are. */
    public static final int BUFFERS = 4;

    private static final long SYS_SETUP = 425;
    private static final long SYS_ENTER = 426;
    private static final long SYS_REGISTER = 427;
    private static final int REGISTER_BUFFERS = 0;
    private static final int ENTER_GETEVENTS = 1;
    private static final byte OP_READ_FIXED = 4;
    private static final long OFFSET_SUBMISSIONS = 0;
    private static final long OFFSET_COMPLETIONS = 0x800_0000L;
    private static final long OFFSET_ENTRIES = 0x1000_0000L;
    private static final int PARAMETERS_SIZE = 120;
    private static final int SQ_OFFSETS = 40;
    private static final int CQ_OFFSETS = 80;
    private static final int SQE_SIZE = 64;
    private static final int CQE_SIZE = 16;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_POPULATE = 0x8001;
    private static final int EINTR = 4;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    private final LibC libc;
    private final int descriptor;
    private final ByteBuffer parameters;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(BUFFERS * BUFFER_SIZE);
    private final long memoryAddress;
    private final int[] results = new int[BUFFERS];
    private ByteBuffer submissions = ByteBuffer.allocateDirect(0);
    private ByteBuffer completions = ByteBuffer.allocateDirect(0);
    private ByteBuffer entries = ByteBuffer.allocateDirect(0);

    private Uring(LibC libc, int descriptor, ByteBuffer parameters) throws IOException {
        this.libc = libc;
        this.descriptor = descriptor;
        this.parameters = parameters;
        this.memoryAddress = Kernel.addressOf(memory);
    }

    /**
     * Sets one up.
     *
     * @throws IOException with a clause that says why there is none: an old kernel, a sysctl or a seccomp filter
     */
    public static Uring open() throws IOException {
        final LibC libc = Kernel.libc();
        final ByteBuffer parameters = ByteBuffer.allocateDirect(PARAMETERS_SIZE).order(ByteOrder.nativeOrder());
        final long descriptor = libc.syscall(SYS_SETUP, BUFFERS, Kernel.addressOf(parameters), 0, 0, 0, 0);
        if (descriptor < 0) {
            throw new IOException(
                    switch (Kernel.errno()) {
                        case ENOSYS -> "this kernel has no io_uring";
                        case EPERM -> "io_uring is forbidden here, by kernel.io_uring_disabled or a seccomp filter";
                        default -> Kernel.failure("io_uring_setup").getMessage();
                    });
        }
        final Uring uring = new Uring(libc, (int) descriptor, parameters);
        try {
            uring.map();
            uring.register();
            return uring;
        } catch (IOException e) {
            uring.close();
            throw e;
        }
    }

    /**
     * Reads what is there into the registered buffers.
     *
     * @param file an open file's descriptor
     * @param position where in it
     * @param length 1 to {@link #BUFFERS} * {@link #BUFFER_SIZE}
     * @return how many bytes {@link #memory()} holds now, from its beginning on; 0 at the end of the file
     */
    public int read(int file, long position, int length) throws IOException {
        final int count = (length + BUFFER_SIZE - 1) / BUFFER_SIZE;
        final int mask = submissions.getInt(parameters.getInt(SQ_OFFSETS + 8));
        final int array = parameters.getInt(SQ_OFFSETS + 24);
        final int tailAt = parameters.getInt(SQ_OFFSETS + 4);
        final int tail = submissions.getInt(tailAt);
        for (int i = 0; i < count; i++) {
            final int slot = (tail + i) & mask;
            prepare(slot, i, file, position + (long) i * BUFFER_SIZE, Math.min(BUFFER_SIZE, length - i * BUFFER_SIZE));
            submissions.putInt(array + slot * Integer.BYTES, slot);
        }
        Words.putIntRelease(submissions, tailAt, tail + count);
        submit(count);
        takeCompletions(count);
        int got = 0;
        for (int i = 0; i < count; i++) {
            if (results[i] < 0) {
                throw new IOException("reading through io_uring: " + libc.strerror(-results[i]));
            }
            got += results[i];
            if (results[i] < BUFFER_SIZE) {
                break;
            }
        }
        return got;
    }

    /** What was read last. Position and limit are not used. */
    public ByteBuffer memory() {
        return memory;
    }

    @Override
    public void close() {
        // The rings stay mapped until the last reference goes; the kernel frees the rest with the descriptor.
        libc.close(descriptor);
    }

    private void map() throws IOException {
        final int submissionBytes = parameters.getInt(SQ_OFFSETS + 24) + parameters.getInt(0) * Integer.BYTES;
        final int completionBytes = parameters.getInt(CQ_OFFSETS + 20) + parameters.getInt(4) * CQE_SIZE;
        submissions = map(OFFSET_SUBMISSIONS, submissionBytes);
        completions = map(OFFSET_COMPLETIONS, completionBytes);
        entries = map(OFFSET_ENTRIES, parameters.getInt(0) * SQE_SIZE);
    }

    private ByteBuffer map(long offset, int length) throws IOException {
        final long address = libc.mmap(0, length, PROT_READ_WRITE, MAP_SHARED_POPULATE, descriptor, offset, 0);
        if (address == -1) {
            throw Kernel.failure("mapping the rings of io_uring");
        }
        return Kernel.view(address, length).order(ByteOrder.nativeOrder());
    }

    private void register() throws IOException {
        final ByteBuffer vectors =
                ByteBuffer.allocateDirect(BUFFERS * 2 * Long.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < BUFFERS; i++) {
            vectors.putLong(i * 16, memoryAddress + (long) i * BUFFER_SIZE).putLong(i * 16 + 8, BUFFER_SIZE);
        }
        if (libc.syscall(SYS_REGISTER, descriptor, REGISTER_BUFFERS, Kernel.addressOf(vectors), BUFFERS, 0, 0) < 0) {
            throw Kernel.failure("registering the buffers of io_uring");
        }
    }

    private void prepare(int slot, int buffer, int file, long position, int length) {
        final int at = slot * SQE_SIZE;
        for (int word = 0; word < SQE_SIZE; word += Long.BYTES) {
            entries.putLong(at + word, 0);
        }
        entries.put(at, OP_READ_FIXED);
        entries.putInt(at + 4, file);
        entries.putLong(at + 8, position);
        entries.putLong(at + 16, memoryAddress + (long) buffer * BUFFER_SIZE);
        entries.putInt(at + 24, length);
        entries.putLong(at + 32, buffer);
        entries.putShort(at + 40, (short) buffer);
    }

    private void submit(int count) throws IOException {
        int submitted = 0;
        while (submitted < count) {
            final long done =
                    libc.syscall(SYS_ENTER, descriptor, count - submitted, count - submitted, ENTER_GETEVENTS, 0, 0);
            if (done >= 0) {
                submitted += (int) done;
            } else if (Kernel.errno() != EINTR) {
                throw Kernel.failure("io_uring_enter");
            }
        }
    }

    private void takeCompletions(int count) throws IOException {
        final int headAt = parameters.getInt(CQ_OFFSETS);
        final int tailAt = parameters.getInt(CQ_OFFSETS + 4);
        final int mask = completions.getInt(parameters.getInt(CQ_OFFSETS + 8));
        final int first = parameters.getInt(CQ_OFFSETS + 20);
        for (int taken = 0; taken < count; ) {
            int head = completions.getInt(headAt);
            final int tail = Words.getIntAcquire(completions, tailAt);
            for (; head != tail; head++) {
                final int at = first + (head & mask) * CQE_SIZE;
                results[(int) completions.getLong(at)] = completions.getInt(at + 8);
                taken++;
            }
            Words.putIntRelease(completions, headAt, head);
            if (taken < count) {
                libc.syscall(SYS_ENTER, descriptor, 0, count - taken, ENTER_GETEVENTS, 0, 0);
            }
        }
    }
}
