package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ipc.layout.CursorsHeader;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.testing.ChildJvm;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bytes of data and cursors are flipped at random under a reader and a writer that live in processes of their own. Both
 * go on, with lines or with the library's own exception: no crash, no hang, no other exception.
 *
 * <p>{@code -Dring.fuzz.seconds=N} sets how long each of the four cases takes.
 */
class FuzzTest {

    private static final int SECONDS = Integer.getInteger("ring.fuzz.seconds", 8);
    private static final int LINE_SIZE = 48;
    private static final int SEGMENTS = 2;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void flippedBytesDoNoHarm(boolean variable, boolean overwrite) throws Exception {
        final RingOptions.Builder options =
                RingOptions.builder().segments(SEGMENTS).lineSize(LINE_SIZE).overwrite(overwrite);
        try (Ring ring = Ring.create(
                        directory.resolve("ring"),
                        (variable ? options.variableLength(4096) : options.lines(64)).build());
                ChildJvm reader = ChildJvm.startWithout("jnr", Reader.class, ring.path());
                ChildJvm writer = ChildJvm.startWithout("jnr", Writer.class, ring.path())) {
            assertThat(reader.readLine()).isEqualTo("ready");
            assertThat(writer.readLine()).isEqualTo("ready");
            final Random random = new Random(7);
            final RingMemoryAccess memory = new RingMemoryAccess(ring.path());
            for (int beat = 0; beat < SECONDS; beat++) {
                final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
                while (System.nanoTime() - end < 0) {
                    flip(memory, random);
                }
                // Each answers from its loop: one that hangs does not.
                reader.writeLine("alive?");
                assertThat(reader.readLine()).startsWith("alive");
                writer.writeLine("alive?");
                assertThat(writer.readLine()).startsWith("alive");
            }
            reader.writeLine("stop");
            writer.writeLine("stop");
            assertThat(works(reader.readLine())).isGreaterThan(SECONDS * 1000L);
            assertThat(works(writer.readLine())).isGreaterThan(SECONDS * 1000L);
            assertThat(reader.waitFor()).isZero();
            assertThat(writer.waitFor()).isZero();
        }
    }

    /** How much was done without an error, as a worker's last word tells. */
    private static long works(String stopped) {
        final Matcher words = Pattern.compile("stopped (\\d+) (\\d+)").matcher(stopped);
        assertThat(words.matches()).as(stopped).isTrue();
        return Long.parseLong(words.group(1));
    }

    /** Flips a bit and, after a while, flips it back, so that there is always a ring to be damaged. */
    private static void flip(RingMemoryAccess memory, Random random) {
        final ByteBuffer data = memory.data();
        final ByteBuffer cursors = memory.cursors();
        final int control = memory.region(random.nextInt(SEGMENTS));
        switch (random.nextInt(5)) {
            case 0 -> flip(data, random.nextInt(data.capacity()), random);
            case 1 -> flip(data, control + random.nextInt(SegmentControl.SIZE), random);
            case 2 -> flip(data, control + SegmentControl.SIZE + random.nextInt(4096), random);
            case 3 -> flip(cursors, random.nextInt(cursors.capacity()), random);
            default -> flip(cursors, random.nextInt(2 * CursorsHeader.SIZE), random);
        }
    }

    private static void flip(ByteBuffer buffer, int index, Random random) {
        final int at = Math.min(index, buffer.capacity() - 1);
        final int bit = 1 << random.nextInt(Byte.SIZE);
        buffer.put(at, (byte) (buffer.get(at) ^ bit));
        for (int i = random.nextInt(20_000); i > 0; i--) {
            Thread.onSpinWait();
        }
        buffer.put(at, (byte) (buffer.get(at) ^ bit));
    }

    /** Does work in a loop, and between whiles what standard input says. */
    private abstract static class Worker {

        private long works;
        private long errors;

        abstract void work(int step) throws IOException;

        final void run() throws IOException {
            System.out.println("ready");
            for (int step = 0; ; step++) {
                try {
                    work(step);
                    works++;
                } catch (RingException expected) {
                    errors++;
                }
                if (System.in.available() > 0) {
                    final boolean stop = System.in.read() == 's';
                    while (System.in.read() != '\n') {
                        // The rest of the line.
                    }
                    System.out.println((stop ? "stopped " : "alive ") + works + " " + errors);
                    if (stop) {
                        return;
                    }
                }
            }
        }
    }

    /** Reads in every way there is. */
    static final class Reader extends Worker {

        private final Ring ring;
        private final LineBuffer lines = LineBuffer.ofLines(32, LINE_SIZE);
        private RingReader reader;
        private RangeReader range;
        private long sum;

        private Reader(Path path) {
            this.ring = Ring.attach(path);
            this.reader = ring.join(StartPosition.OLDEST);
            this.range = reader.range(0, SEGMENTS);
        }

        public static void main(String[] arguments) throws IOException {
            new Reader(Path.of(arguments[0])).run();
        }

        @Override
        void work(int step) {
            lines.clear();
            try {
                switch (step % 5) {
                    case 0 ->
                        reader.segment(step % SEGMENTS).poll((buffer, offset, length, stamp) -> sum += length, 32);
                    case 1 -> reader.segment(step % SEGMENTS).read(lines, 1);
                    case 2 -> range.await(WaitStrategies.yielding(), 1000);
                    default -> range.readOrSteal(lines, 32);
                }
                for (int i = 0; i < lines.count(); i++) {
                    sum += lines.bytes().get(lines.start(i) + lines.length(i));
                }
                if (step % 1000 == 0) {
                    sum += ring.status().readers().size();
                    Ring.attach(ring.path()).close();
                }
            } catch (RingException e) {
                mend(e, step);
                throw e;
            }
        }

        private void mend(RingException e, int step) {
            switch (e.code()) {
                case DAMAGED -> reader.segment(step % SEGMENTS).seek(StartPosition.OLDEST);
                case EVICTED, CLOSED -> {
                    reader.close();
                    reader = ring.join(StartPosition.OLDEST);
                    range = reader.range(0, SEGMENTS);
                }
                default -> {
                    // The ring cannot be attached to again while its header is damaged.
                }
            }
        }
    }

    /** Writes to both segments, and claims them anew now and then. */
    static final class Writer extends Worker {

        private final Ring ring;
        private final byte[] line = new byte[LINE_SIZE + 1];
        private SegmentWriter writer;

        private Writer(Path path) {
            this.ring = Ring.attach(path);
            this.writer = claim(0);
        }

        public static void main(String[] arguments) throws IOException {
            new Writer(Path.of(arguments[0])).run();
        }

        private SegmentWriter claim(int segment) {
            return ring.claim(segment, FullPolicy.waitUpTo(Duration.ofMillis(1)));
        }

        @Override
        void work(int step) {
            try {
                write(step);
            } catch (RingException e) {
                if (e.code() == RingException.Code.CLOSED) {
                    writer = claim(step % SEGMENTS);
                }
                throw e;
            }
        }

        private void write(int step) {
            writer.stage(line, 0, step % (LINE_SIZE + 2), step);
            if (step % 3 == 0) {
                writer.publish();
            }
            if (step % 10_000 == 0) {
                writer.close();
                writer = claim(step / 10_000 % SEGMENTS);
            }
        }
    }
}
