package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.ipspipeline.testing.ChildJvm;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writers and readers are killed with {@code kill -9} at random moments under load, again and again. Every line that a
 * writer was told is written reaches the reader that stays, in order, whole and once; and nobody is ever blocked.
 *
 * <p>{@code -Dring.kills=N} sets how many processes are killed in each case. They run without jnr-ffi, which starts faster.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("ring.kills", 100);
    private static final int LINE_SIZE = 128;
    private static final long LONGEST_LIFE_MICROS = 20_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyLineThatWasWrittenIsAccountedFor(boolean variable) throws Exception {
        final RingOptions.Builder options =
                RingOptions.builder().lineSize(LINE_SIZE).readers(3);
        final Random random = new Random(variable ? 1 : 2);
        try (Ring ring = Ring.create(
                        directory.resolve("ring"),
                        (variable ? options.variableLength(1 << 15) : options.lines(256)).build());
                RingReader staying = ring.join(StartPosition.OLDEST)) {
            final Path told = directory.resolve("told");
            final ByteBuffer toldWritten = Told.map(told);
            final Account account = new Account(staying.segment(0));
            ChildJvm writer = ChildJvm.startWithout("jnr", Writer.class, ring.path(), told, 0);
            ChildJvm victim = ChildJvm.startWithout("jnr", Victim.class, ring.path());
            for (int generation = 0; generation < KILLS / 2; generation++) {
                // The next ones start meanwhile: a JVM takes its time to come up.
                final ChildJvm nextWriter =
                        ChildJvm.startWithout("jnr", Writer.class, ring.path(), told, generation + 1);
                final ChildJvm nextVictim = ChildJvm.startWithout("jnr", Victim.class, ring.path());
                writer.writeLine("go");
                victim.writeLine("go");
                account.readUntil(() -> toldWritten.getLong(0) > 0);
                final long end =
                        System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt((int) LONGEST_LIFE_MICROS));
                account.readUntil(() -> System.nanoTime() - end >= 0);
                if (random.nextBoolean()) {
                    writer.kill();
                    victim.kill();
                } else {
                    victim.kill();
                    account.readUntil(new Progress(toldWritten));
                    writer.kill();
                }
                account.close(generation, toldWritten.getLong(0));
                toldWritten.putLong(0, 0);
                writer = nextWriter;
                victim = nextVictim;
            }
            assertThat(toldWritten.getLong(Told.TROUBLE)).isZero();
            writer.close();
            victim.close();
        }
    }

    /** More than a ring of lines was written since this was made. */
    private static final class Progress implements BooleanSupplier {
        private final ByteBuffer told;
        private final long goal;

        private Progress(ByteBuffer told) {
            this.told = told;
            this.goal = told.getLong(0) + 1000;
        }

        @Override
        public boolean getAsBoolean() {
            return told.getLong(0) >= goal;
        }
    }

    /** What the reader that stays has seen: of each writer, lines 0, 1, 2 ... without a gap. */
    private static final class Account {
        private final SegmentReader reader;
        private final LineBuffer lines = LineBuffer.ofLines(100, LINE_SIZE);
        private long generation;
        private long next;

        private Account(SegmentReader reader) {
            this.reader = reader;
        }

        private void readUntil(BooleanSupplier end) {
            while (!end.getAsBoolean()) {
                if (read() == 0) {
                    Thread.onSpinWait();
                }
            }
        }

        private int read() {
            lines.clear();
            final int count = reader.read(lines, 100);
            for (int i = 0; i < count; i++) {
                final int start = lines.start(i);
                assertThat(lines.bytes().getLong(start)).isEqualTo(generation);
                assertThat(lines.bytes().getLong(start + Long.BYTES)).isEqualTo(next);
                assertThat(isWhole(lines.bytes(), start, lines.length(i), next)).isTrue();
                next++;
            }
            assertThat(lines.lost()).isZero();
            return count;
        }

        /** A writer is gone: reads what it left, which is at least what it was told is written. */
        private void close(long gone, long told) {
            assertThat(gone).isEqualTo(generation);
            while (read() > 0) {
                // Reads all there is.
            }
            assertThat(next).isGreaterThanOrEqualTo(told);
            generation++;
            next = 0;
        }
    }

    private static int lengthOf(long number) {
        return 2 * Long.BYTES + (int) (number * 7 % (LINE_SIZE - 2 * Long.BYTES + 1));
    }

    private static boolean isWhole(ByteBuffer buffer, int start, int length, long number) {
        boolean whole = length == lengthOf(number);
        for (int i = 2 * Long.BYTES; i < length; i++) {
            whole &= buffer.get(start + i) == (byte) (number + i);
        }
        return whole;
    }

    /** What a writer was told is written, in memory that outlives it. */
    private static final class Told {
        private static final int TROUBLE = 8;

        private static ByteBuffer map(Path file) throws IOException {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, 64).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
    }

    /** Writes numbered lines, singly and in batches, until it is killed. */
    static final class Writer {

        public static void main(String[] arguments) throws IOException {
            final ByteBuffer told = Told.map(Path.of(arguments[1]));
            final long generation = Long.parseLong(arguments[2]);
            final Ring ring = Ring.attach(Path.of(arguments[0]));
            System.in.read();
            final SegmentWriter writer = ring.claim(0, FullPolicy.waitUpTo(Duration.ofSeconds(30)));
            final ByteBuffer line = ByteBuffer.allocate(LINE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            for (long number = 0; ; number++) {
                line.putLong(0, generation).putLong(Long.BYTES, number);
                final int length = lengthOf(number);
                for (int i = 2 * Long.BYTES; i < length; i++) {
                    line.put(i, (byte) (number + i));
                }
                if (writer.stage(line, 0, length, 0) != 1) {
                    // Blocked for longer than anybody may be.
                    told.putLong(Told.TROUBLE, 1);
                }
                if (number % 64 > 40 || number % 64 == 0) {
                    writer.publish();
                    told.putLong(0, number + 1);
                }
            }
        }
    }

    /** Reads slowly, holding the writer back, until it is killed. */
    static final class Victim {

        public static void main(String[] arguments) throws IOException {
            final Ring ring = Ring.attach(Path.of(arguments[0]));
            System.in.read();
            final SegmentReader reader = ring.join(StartPosition.OLDEST).segment(0);
            final LineBuffer lines = LineBuffer.ofLines(100, LINE_SIZE);
            while (true) {
                lines.clear();
                reader.read(lines, 100);
                LockSupport.parkNanos(1);
            }
        }
    }
}
