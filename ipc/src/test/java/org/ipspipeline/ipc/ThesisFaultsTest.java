package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.ipspipeline.ipc.futex.Futex;
import org.ipspipeline.ipc.layout.CursorsHeader;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.testing.ChildJvm;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The faults that were found in the ring this one follows ("Simplefail2ban", 2023), each as a test that it is not here.
 * The arithmetic of ranges is in {@link RangeReaderTest}.
 */
class ThesisFaultsTest {

    private static final int LINE_SIZE = 64;

    @TempDir
    private Path directory;

    private Ring create(RingOptions.Builder options) {
        return Ring.create(
                directory.resolve("ring"), options.lineSize(LINE_SIZE).build());
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aVectoredReadWrapsAtTheEndOfTheSegment(boolean variable) {
        final RingOptions.Builder options = RingOptions.builder().segments(2);
        try (Ring ring = create(variable ? options.variableLength(1024) : options.lines(16));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            Lines.write(ring.claim(1), "of the next segment");
            for (int round = 0; round < 50; round++) {
                final List<String> written = new ArrayList<>();
                for (int i = 0; i < 11; i++) {
                    written.add(round + "." + i);
                    assertThat(Lines.write(writer, written.get(i))).isEqualTo(1);
                }
                assertThat(Lines.read(reader.segment(0), 100)).isEqualTo(written);
            }
        }
    }

    @Test
    void threadsThatStealDeliverNoLineTwice() throws Exception {
        final int total = 40_000;
        try (Ring ring = create(RingOptions.builder().segments(3).lines(64));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final AtomicBoolean done = new AtomicBoolean();
            final ExecutorService threads = Executors.newFixedThreadPool(3);
            final List<Future<List<String>>> results = new ArrayList<>();
            for (RangeReader range : reader.divide(3)) {
                results.add(threads.submit(() -> stealUntil(done, range)));
            }
            // All lines in one segment: two of three threads live by stealing.
            final SegmentWriter writer = ring.claim(1, FullPolicy.waitUpTo(Duration.ofMinutes(1)));
            for (int i = 0; i < total; i++) {
                Lines.write(writer, "line " + i);
            }
            done.set(true);
            final List<String> all = new ArrayList<>();
            for (Future<List<String>> result : results) {
                all.addAll(result.get());
            }
            threads.shutdown();
            assertThat(all).hasSize(total).doesNotHaveDuplicates();
        }
    }

    private static List<String> stealUntil(AtomicBoolean done, RangeReader range) {
        final List<String> texts = new ArrayList<>();
        final LineBuffer lines = LineBuffer.ofLines(8, LINE_SIZE);
        boolean last = false;
        while (true) {
            lines.clear();
            if (range.readOrSteal(lines, 8) == 0) {
                if (last) {
                    return texts;
                }
                last = done.get();
                Thread.onSpinWait();
            }
            texts.addAll(Lines.texts(lines));
        }
    }

    @Test
    void aSlotThatNobodyTookHoldsNoWriterBack() {
        try (Ring ring = create(RingOptions.builder().lines(16).readers(8));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < 100; i++) {
                assertThat(Lines.write(writer, "line " + i)).isEqualTo(1);
                assertThat(Lines.readAll(reader.segment(0))).containsExactly("line " + i);
            }
        }
    }

    @Test
    void aCrashedReaderHoldsNoWriterBack() {
        try (Ring ring = create(RingOptions.builder().lines(16).readers(1));
                ChildJvm crashing = ChildJvm.start(IdleReader.class, ring.path())) {
            assertThat(crashing.readLine()).isEqualTo("joined");
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < 16; i++) {
                assertThat(Lines.write(writer, "line " + i)).isEqualTo(1);
            }
            assertThat(Lines.write(writer, "full")).isEqualTo(SegmentWriter.FULL);
            crashing.kill();
            await().untilAsserted(
                            () -> assertThat(Lines.write(writer, "free again")).isEqualTo(1));
            try (RingReader next = ring.join(StartPosition.OLDEST)) {
                assertThat(Lines.readAll(next.segment(0))).last().isEqualTo("free again");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 2", "true, 1", "true, 2"})
    void overwritingTearsNoLineAndEveryLossIsCounted(boolean variable, int readers) throws Exception {
        final int total = 2_000_000;
        final RingOptions.Builder options = RingOptions.builder().overwrite(true);
        try (Ring ring = create(variable ? options.variableLength(1 << 16) : options.lines(1024))) {
            final ExecutorService threads = Executors.newFixedThreadPool(readers);
            final List<Future<long[]>> results = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                final RingReader reader = ring.join(StartPosition.OLDEST);
                results.add(threads.submit(() -> readOverrun(reader.segment(0), total)));
            }
            final SegmentWriter writer = ring.claim(0);
            final ByteBuffer line = ByteBuffer.allocate(LINE_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < total; i++) {
                final int length = lengthOf(i);
                for (int word = 0; word < length; word += Long.BYTES) {
                    line.putLong(word, i);
                }
                writer.stage(line, 0, length, i);
                if (i % 7 == 0 || i == total - 1) {
                    writer.publish();
                }
            }
            for (Future<long[]> result : results) {
                final long[] deliveredLostTorn = result.get();
                assertThat(deliveredLostTorn[0] + deliveredLostTorn[1]).isEqualTo(total);
                assertThat(deliveredLostTorn[0]).isPositive();
                assertThat(deliveredLostTorn[2]).isZero();
            }
            threads.shutdown();
        }
    }

    private static int lengthOf(int line) {
        return Long.BYTES * (1 + line % (LINE_SIZE / Long.BYTES));
    }

    private static long[] readOverrun(SegmentReader reader, long total) {
        long delivered = 0;
        long lost = 0;
        long torn = 0;
        final LineBuffer lines = LineBuffer.ofLines(64, LINE_SIZE);
        while (delivered + lost < total) {
            lines.clear();
            final int count = reader.read(lines, 64);
            lost += lines.lost();
            for (int i = 0; i < count; i++) {
                final long number = delivered + lost + i;
                boolean whole = lines.stamp(i) == (int) number && lines.length(i) == lengthOf((int) number);
                for (int word = 0; word < lines.length(i); word += Long.BYTES) {
                    whole &= lines.bytes().getLong(lines.start(i) + word) == number;
                }
                torn += whole ? 0 : 1;
            }
            delivered += count;
        }
        return new long[] {delivered, lost, torn};
    }

    @Test
    void readersMapTheDataReadOnly() {
        try (Ring ring = create(RingOptions.builder().lines(16));
                ChildJvm reader = ChildJvm.start(IdleReader.class, ring.path())) {
            assertThat(reader.readLine()).isEqualTo("joined");
            assertThat(reader.readLine()).isEqualTo("maps [r--s]");
        }
    }

    @Test
    void theHeaderTellsWhoMadeTheRing() {
        try (Ring ring = create(RingOptions.builder())) {
            assertThat(ring.status().creatorPid())
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void aWriterWakesTheReaderThatSleepsInsteadOfItsSleepHavingToEnd() throws InterruptedException {
        Machine.needs(Futex.available().isPresent(), "a futex");
        try (Ring ring = create(RingOptions.builder().lines(16));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            final ByteBuffer cursors = new RingMemoryAccess(ring.path()).cursors();
            final int sleepers = CursorsHeader.sleepersOffset(ring.readers(), 0);
            final int wakeUps = CursorsHeader.slotOffset(0) + ReaderSlot.FUTEX_OFFSET;
            final RangeReader range = reader.range(0, 1);
            final Thread sleeper = new Thread(() -> range.await(WaitStrategies.futex(), TimeUnit.MINUTES.toNanos(1)));
            sleeper.start();
            await().until(() -> cursors.getLong(sleepers) == 1L);
            Lines.write(writer, "wake up");
            sleeper.join();
            assertThat(cursors.getLong(sleepers)).isZero();
            assertThat(cursors.getInt(wakeUps)).isEqualTo(1);
        }
    }

    @Test
    void aReadTakesWhatIsThereAndWaitsForNoWholeBatch() {
        try (Ring ring = create(RingOptions.builder().lines(256));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            Lines.write(ring.claim(0), "one of a hundred");
            assertThat(Lines.read(reader.segment(0), 100)).containsExactly("one of a hundred");
        }
    }

    @Test
    void cursorsShareNoPairOfCacheLines() {
        final List<Integer> offsets = new ArrayList<>(List.of(
                CursorsHeader.JOINS_OFFSET,
                SegmentControl.TAIL_OFFSET,
                SegmentControl.INTENT_OFFSET,
                SegmentControl.EPOCH_OFFSET,
                SegmentControl.TOO_LONG_OFFSET,
                SegmentControl.SIZE));
        for (int segment = 0; segment < 3; segment++) {
            offsets.add(CursorsHeader.sleepersOffset(5, segment));
            for (int reader = 0; reader < 5; reader++) {
                offsets.add(CursorsHeader.slotOffset(reader));
                offsets.add(CursorsHeader.cursorOffset(3, 5, segment, reader));
            }
        }
        assertThat(offsets).allMatch(offset -> offset % CursorsHeader.LINE == 0);
    }

    /** Joins, tells with what permissions the data is mapped, and reads nothing. */
    static final class IdleReader {

        public static void main(String[] arguments) throws IOException {
            final Path path = Path.of(arguments[0]);
            try (Ring ring = Ring.attach(path);
                    RingReader reader = ring.join(StartPosition.OLDEST);
                    Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
                System.out.println("joined");
                System.out.println("maps "
                        + maps.filter(map -> map.endsWith(path.toString()))
                                .map(map -> map.split(" ", 3)[1])
                                .distinct()
                                .toList());
                System.in.read();
                reader.segment(0).hasLines();
            }
        }
    }
}
