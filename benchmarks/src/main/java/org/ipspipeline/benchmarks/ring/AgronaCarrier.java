package org.ipspipeline.benchmarks.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Agrona's ring buffers in a mapped file: every record is published on its own, and handed out in place.
 *
 * @param manyWriters the ring that several writers may share
 */
record AgronaCarrier(boolean manyWriters) implements Carrier {

    /** Agrona does not run without it. */
    static final List<String> JVM_OPTIONS = List.of("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    private static final int TYPE = 1;
    private static final int SIZE = BitUtil.findNextPositivePowerOfTwo(
            CAPACITY * BitUtil.align(RecordDescriptor.HEADER_LENGTH + LINE_SIZE, RecordDescriptor.ALIGNMENT));

    static final String ONE_WRITER = "agrona-one-to-one";
    static final String MANY_WRITERS = "agrona-many-to-one";

    @Override
    public List<String> arguments() {
        return List.of(manyWriters ? MANY_WRITERS : ONE_WRITER);
    }

    @Override
    public List<String> jvmOptions() {
        return JVM_OPTIONS;
    }

    private RingBuffer map(Rendezvous place) throws IOException {
        final Path file = place.path("agrona");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final MappedByteBuffer memory =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) SIZE + RingBufferDescriptor.TRAILER_LENGTH);
            final UnsafeBuffer buffer = new UnsafeBuffer(memory);
            return manyWriters ? new ManyToOneRingBuffer(buffer) : new OneToOneRingBuffer(buffer);
        }
    }

    @Override
    public LineReader reader(Rendezvous place) throws IOException {
        return new Reader(map(place));
    }

    @Override
    public LineWriter writer(Rendezvous place) throws IOException {
        return new Writer(map(place));
    }

    private static final class Writer implements LineWriter {
        private final RingBuffer ring;
        private final UnsafeBuffer line = new UnsafeBuffer(ByteBuffer.allocateDirect(LINE_SIZE));
        private final Pause pause = new Pause();

        private Writer(RingBuffer ring) {
            this.ring = ring;
            final byte[] filler = new byte[LINE_SIZE];
            Arrays.fill(filler, FILLER);
            line.putBytes(0, filler);
        }

        @Override
        public int write(long number) {
            line.putLong(0, number);
            while (!ring.write(TYPE, line, 0, LINE_SIZE)) {
                pause.once();
            }
            return 1;
        }

        @Override
        public void close() {
            // The mapping goes with the process.
        }
    }

    private static final class Reader implements LineReader, MessageHandler {
        private final RingBuffer ring;
        private ExpectedLines expected = new ExpectedLines(LINE_SIZE);

        private Reader(RingBuffer ring) {
            this.ring = ring;
        }

        @Override
        public int read(ExpectedLines lines) {
            expected = lines;
            return ring.read(this, READ_LIMIT);
        }

        @Override
        public void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
            expected.line(buffer.getLong(index), length);
        }

        @Override
        public void close() {
            // The mapping goes with the process.
        }
    }
}
