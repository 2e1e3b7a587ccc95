package org.ipspipeline.benchmarks.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ipspipeline.ipc.Backing;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.LineHandler;
import org.ipspipeline.ipc.RangeReader;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;

/**
 * Our ring.
 *
 * @param batch lines that are published together; 1 publishes singly
 * @param readLimit lines that are read at a time at most
 * @param inPlace whether lines are checked where they lie instead of being copied
 * @param overwrite whether the oldest lines are overwritten
 * @param segments written in turn, a batch each
 * @param capacity lines of each segment
 * @param backing the memory
 */
record RingCarrier(
        int batch, int readLimit, boolean inPlace, boolean overwrite, int segments, int capacity, Backing backing)
        implements Carrier {

    static final String NAME = "ring";

    static RingCarrier ofBatches(int batch) {
        return new RingCarrier(batch, READ_LIMIT, false, false, 1, CAPACITY, Backing.FILE);
    }

    RingCarrier readLimit(int lines) {
        return new RingCarrier(batch, lines, inPlace, overwrite, segments, capacity, backing);
    }

    RingCarrier readInPlace() {
        return new RingCarrier(batch, readLimit, true, overwrite, segments, capacity, backing);
    }

    RingCarrier overwriting() {
        return new RingCarrier(batch, readLimit, inPlace, true, segments, capacity, backing);
    }

    RingCarrier large(Backing kind, int count, int lines) {
        return new RingCarrier(batch, readLimit, inPlace, overwrite, count, lines, kind);
    }

    @Override
    public List<String> arguments() {
        return Stream.of(NAME, batch, readLimit, inPlace, overwrite, segments, capacity, backing)
                .map(String::valueOf)
                .toList();
    }

    static RingCarrier parse(List<String> arguments) {
        return new RingCarrier(
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Boolean.parseBoolean(arguments.get(3)),
                Boolean.parseBoolean(arguments.get(4)),
                Integer.parseInt(arguments.get(5)),
                Integer.parseInt(arguments.get(6)),
                Backing.valueOf(arguments.get(7)));
    }

    private Ring create(Rendezvous place) {
        return Ring.create(
                place.path(NAME),
                RingOptions.builder()
                        .segments(segments)
                        .lines(capacity)
                        .lineSize(LINE_SIZE)
                        .overwrite(overwrite)
                        .backing(backing)
                        .build());
    }

    @Override
    public LineReader reader(Rendezvous place) {
        final Ring ring = create(place);
        return read(ring, ring.join(StartPosition.OLDEST));
    }

    /** One more reader, beside the one that made the ring. */
    LineReader anotherReader(Rendezvous place) {
        final Ring ring = Ring.attach(place.path(NAME));
        return read(ring, ring.join(StartPosition.OLDEST));
    }

    private LineReader read(Ring ring, RingReader reader) {
        if (segments > 1) {
            return new OfManySegments(ring, reader);
        }
        return inPlace ? new InPlace(ring, reader) : new Copying(ring, reader, readLimit);
    }

    @Override
    public LineWriter writer(Rendezvous place) {
        final Ring ring = Ring.attach(place.path(NAME));
        return batch == 1 ? new Singly(ring) : new InBatches(ring, batch);
    }

    private static byte[] line() {
        final byte[] line = new byte[LINE_SIZE];
        Arrays.fill(line, FILLER);
        return line;
    }

    /** Publishes every line. */
    private static final class Singly implements LineWriter {
        private final Ring ring;
        private final SegmentWriter writer;
        private final byte[] line = line();
        private final ByteBuffer number = ByteBuffer.wrap(line).order(ByteOrder.LITTLE_ENDIAN);
        private final Pause pause = new Pause();

        private Singly(Ring ring) {
            this.ring = ring;
            this.writer = ring.claim(0);
        }

        @Override
        public int write(long next) {
            number.putLong(0, next);
            while (writer.write(line, 0, LINE_SIZE, 1) != 1) {
                pause.once();
            }
            return 1;
        }

        @Override
        public void close() {
            ring.close();
        }
    }

    /** Publishes batches, to each segment in turn. */
    private static final class InBatches implements LineWriter {
        private final Ring ring;
        private final List<SegmentWriter> writers = new ArrayList<>();
        private final LineBuffer lines;
        private final Pause pause = new Pause();
        private int turn;

        private InBatches(Ring ring, int batch) {
            this.ring = ring;
            for (int i = 0; i < ring.segments(); i++) {
                writers.add(ring.claim(i));
            }
            this.lines = LineBuffer.ofLines(batch, LINE_SIZE);
            final byte[] line = line();
            while (lines.append(line, 0, LINE_SIZE, 1)) {
                // Until it is full: afterwards only the numbers change.
            }
        }

        @Override
        public int write(long next) {
            final int count = lines.count();
            for (int i = 0; i < count; i++) {
                lines.bytes().putLong(lines.start(i), next + i);
            }
            final SegmentWriter writer = writers.get(turn);
            turn = turn + 1 == writers.size() ? 0 : turn + 1;
            for (int done = writer.write(lines, 0, count); done < count; ) {
                pause.once();
                done += writer.write(lines, done, count - done);
            }
            return count;
        }

        @Override
        public void close() {
            ring.close();
        }
    }

    /** Copies lines out and checks the copies. */
    private static final class Copying implements LineReader {
        private final Ring ring;
        private final SegmentReader segment;
        private final LineBuffer lines;
        private final int limit;

        private Copying(Ring ring, RingReader reader, int limit) {
            this.ring = ring;
            this.segment = reader.segment(0);
            this.lines = LineBuffer.ofLines(limit, LINE_SIZE);
            this.limit = limit;
        }

        @Override
        public int read(ExpectedLines expected) {
            lines.clear();
            final int count = segment.read(lines, limit);
            expected.lost(lines.lost());
            for (int i = 0; i < count; i++) {
                expected.line(lines.bytes().getLong(lines.start(i)), lines.length(i));
            }
            return count;
        }

        @Override
        public void close() {
            ring.close();
        }
    }

    /** Checks lines where they lie. */
    private static final class InPlace implements LineReader, LineHandler {
        private final Ring ring;
        private final SegmentReader segment;
        private ExpectedLines expected = new ExpectedLines(LINE_SIZE);

        private InPlace(Ring ring, RingReader reader) {
            this.ring = ring;
            this.segment = reader.segment(0);
        }

        @Override
        public int read(ExpectedLines lines) {
            expected = lines;
            return segment.poll(this, READ_LIMIT);
        }

        @Override
        public void onLine(ByteBuffer buffer, int offset, int length, int stamp) {
            expected.line(buffer.getLong(offset), length);
        }

        @Override
        public void close() {
            ring.close();
        }
    }

    /** Reads many segments in a round-robin; lines of each come in order, and are checked for their length and segment's order. */
    private static final class OfManySegments implements LineReader {
        private final Ring ring;
        private final RangeReader range;
        private final LineBuffer lines = LineBuffer.ofLines(READ_LIMIT, LINE_SIZE);
        private final long[] last;

        private OfManySegments(Ring ring, RingReader reader) {
            this.ring = ring;
            this.range = reader.range(0, ring.segments());
            this.last = new long[ring.segments()];
            Arrays.fill(last, -1);
        }

        @Override
        public int read(ExpectedLines expected) {
            lines.clear();
            final int count = range.read(lines, READ_LIMIT);
            final int segment = range.lastSegment();
            for (int i = 0; i < count; i++) {
                final long number = lines.bytes().getLong(lines.start(i));
                final long before = last[segment];
                final boolean right = before < 0 || number == after(before);
                if (!right || lines.length(i) != LINE_SIZE) {
                    throw new IllegalStateException("segment " + segment + ": " + number + " came after " + before);
                }
                last[segment] = number;
            }
            return count;
        }

        /** Each segment gets one batch of {@link #READ_LIMIT} lines in a cycle. */
        private long after(long number) {
            final long next = number + 1;
            return next % READ_LIMIT == 0 ? next + (long) READ_LIMIT * (last.length - 1) : next;
        }

        @Override
        public void close() {
            ring.close();
        }
    }
}
