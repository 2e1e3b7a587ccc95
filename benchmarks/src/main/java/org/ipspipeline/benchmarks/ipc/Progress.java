package org.ipspipeline.benchmarks.ipc;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a run's processes tell each other about it: counters in a mapped file, a cache line a reader. */
final class Progress {

    /** A counter of a reader. */
    enum Counter {
        READY(0),
        WARM(8),
        FAST(16),
        PACED(24),
        LAST_NANOS(32),
        CPU_NANOS(40),
        MEDIAN_NANOS(48),
        HIGH_NANOS(56);

        private final int offset;

        /**
         * @param offset where it stands in its reader's cache line, in bytes
         */
        Counter(int offset) {
            this.offset = offset;
        }
    }

    private static final int READER_SIZE = 128;
    private static final int MOST_READERS = 8;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private final ByteBuffer memory;

    private Progress(ByteBuffer memory) {
        this.memory = memory;
    }

    /** The file of a run's directory, made where it is not there. */
    static Progress in(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(
                directory.resolve("progress"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new Progress(channel.map(FileChannel.MapMode.READ_WRITE, 0, (MOST_READERS + 1L) * READER_SIZE));
        }
    }

    long get(int reader, Counter counter) {
        return (long) LONG.getVolatile(memory, offset(reader, counter));
    }

    void set(int reader, Counter counter, long value) {
        LONG.setVolatile(memory, offset(reader, counter), value);
    }

    /** The part that the writer is in: 1 after the fast lines, 2 when all is over. */
    long part() {
        return (long) LONG.getVolatile(memory, 0);
    }

    void part(long part) {
        LONG.setVolatile(memory, 0, part);
    }

    private static int offset(int reader, Counter counter) {
        return (reader + 1) * READER_SIZE + counter.offset;
    }
}
