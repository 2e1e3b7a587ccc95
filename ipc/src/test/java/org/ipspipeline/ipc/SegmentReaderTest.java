package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where readers start, what they do about overrun, damage and small buffers, and that threads share a segment. */
class SegmentReaderTest {

    private static final int LINE_SIZE = 24;
    private static final int LINES = 16;

    @TempDir
    private Path directory;

    private RingOptions.Builder options(boolean variable) {
        final RingOptions.Builder options = RingOptions.builder().lineSize(LINE_SIZE);
        return variable ? options.variableLength(512) : options.lines(LINES);
    }

    private Ring create(RingOptions.Builder options) {
        return Ring.create(directory.resolve("ring"), options.build());
    }

    /** Stores a byte of the first segment's region behind everybody's back. */
    private void damage(int offset, long value) throws IOException {
        final long region =
                Geometry.of(false, LINE_SIZE, 2, 4096, LINES).segments().get(0).offset();
        try (FileChannel channel = FileChannel.open(directory.resolve("ring"), StandardOpenOption.WRITE)) {
            final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(0, Long.reverseBytes(value));
            channel.write(bytes, region + offset);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyReaderSeesEveryLineFromWhereItJoined(boolean variable) {
        try (Ring ring = create(options(variable));
                RingReader early = ring.join(StartPosition.NEWEST)) {
            final SegmentWriter writer = ring.claim(0);
            Lines.write(writer, "first");
            try (RingReader oldest = ring.join(StartPosition.OLDEST)) {
                early.segment(0).seek(StartPosition.NEWEST);
                Lines.write(writer, "second");
                assertThat(Lines.readAll(oldest.segment(0))).containsExactly("first", "second");
                assertThat(Lines.readAll(early.segment(0))).containsExactly("second");
                early.segment(0).seek(StartPosition.OLDEST);
                assertThat(Lines.readAll(early.segment(0))).containsExactly("first", "second");
            }
        }
    }

    @Test
    void aReaderThatJoinsHoldsTheWriterBackAtOnce() {
        try (Ring ring = create(options(false))) {
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < 10 * LINES; i++) {
                assertThat(Lines.write(writer, "line " + i)).isEqualTo(1);
                if (i == 5 * LINES + 3) {
                    ring.join(StartPosition.OLDEST);
                    break;
                }
            }
            int more = 0;
            while (Lines.write(writer, "more") == 1) {
                more++;
            }
            assertThat(more).isLessThanOrEqualTo(LINES);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOverrunReaderGoesOnAtTheOldestWholeLineAndKnowsItsLoss(boolean variable) {
        try (Ring ring = create(options(variable).overwrite(true));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < 100; i++) {
                Lines.write(writer, "line " + i);
            }
            final LineBuffer lines = LineBuffer.ofLines(100, LINE_SIZE);
            final int count = reader.segment(0).read(lines, 100);
            assertThat(lines.lost() + count).isEqualTo(100);
            assertThat(count).isGreaterThanOrEqualTo(LINES - 1);
            assertThat(Lines.texts(lines)).last().isEqualTo("line 99");
            assertThat(ring.status().readers().get(0).lost()).isEqualTo(lines.lost());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pollHandsOutWhatReadCopies(boolean overwrite) {
        try (Ring ring = create(options(false).overwrite(overwrite));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            final SegmentReader segment = reader.segment(0);
            for (int i = 0; i < 5; i++) {
                Lines.write(writer, "line " + i);
            }
            final List<String> polled = new ArrayList<>();
            assertThat(segment.isInPlace()).isEqualTo(!overwrite);
            assertThat(segment.poll(
                            (buffer, offset, length, stamp) -> polled.add(Lines.text(buffer, offset, length)), 3))
                    .isEqualTo(3);
            assertThat(polled).containsExactly("line 0", "line 1", "line 2");
            assertThat(Lines.readAll(segment)).containsExactly("line 3", "line 4");
        }
    }

    @Test
    void aLineThatAHandlerFailsForCountsAsRead() {
        try (Ring ring = create(options(false));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            Lines.write(writer, "good");
            Lines.write(writer, "bad");
            Lines.write(writer, "next");
            assertThatThrownBy(() -> reader.segment(0)
                            .poll(
                                    (buffer, offset, length, stamp) -> {
                                        if (length == 3) {
                                            throw new IllegalStateException("bad line");
                                        }
                                    },
                                    10))
                    .hasMessage("bad line");
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("next");
        }
    }

    @Test
    void aBufferMustHoldTheNextLine() {
        try (Ring ring = create(options(false));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            Lines.write(writer, "short");
            Lines.write(writer, "much longer line");
            final LineBuffer small = new LineBuffer(4, 8);
            assertThat(reader.segment(0).read(small, 4)).isEqualTo(1);
            assertThat(reader.segment(0).read(small, 4)).isZero();
            small.clear();
            assertThatThrownBy(() -> reader.segment(0).read(small, 4))
                    .hasMessage("a line of 16 bytes does not fit into a buffer of 8");
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("much longer line");
        }
    }

    @Test
    void aSlotWithAnImpossibleLengthIsSkippedAndCounted() throws IOException {
        try (Ring ring = create(options(false));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < 4; i++) {
                Lines.write(writer, "line " + i);
            }
            final int stride = 32;
            damage(SegmentControl.SIZE + stride, LINE_SIZE + 1);
            damage(SegmentControl.SIZE + 3 * stride, -1);
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("line 0", "line 2");
            assertThat(ring.status().readers().get(0).cursors().get(0).damaged())
                    .isEqualTo(2);
        }
    }

    @Test
    void damagedVariableRecordsAreSkippedAndLinesAfterThemRead() throws IOException {
        try (Ring ring = create(options(true));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < 4; i++) {
                Lines.write(writer, "line " + i);
            }
            damage(SegmentControl.SIZE + 24, 1 << 20);
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("line 0");
            Lines.write(writer, "line 4");
            final LineBuffer lines = LineBuffer.ofLines(4, LINE_SIZE);
            reader.segment(0).read(lines, 4);
            assertThat(Lines.texts(lines)).containsExactly("line 4");
            assertThat(lines.lost()).isEqualTo(3);
        }
    }

    @Test
    void impossibleIndicesAreAnErrorThatSeekMends() throws IOException {
        try (Ring ring = create(options(false));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            Lines.write(writer, "one");
            for (long tail : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, LINES + 1}) {
                damage(SegmentControl.TAIL_OFFSET, tail);
                assertThatThrownBy(() -> Lines.read(reader.segment(0), 10))
                        .isInstanceOfSatisfying(
                                RingException.class, e -> assertThat(e.code()).isEqualTo(RingException.Code.DAMAGED));
            }
            damage(SegmentControl.TAIL_OFFSET, 1);
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("one");
            Lines.write(writer, "lost to the seek");
            damage(SegmentControl.INTENT_OFFSET, Long.MAX_VALUE);
            assertThatThrownBy(() -> Lines.read(reader.segment(0), 10)).isInstanceOf(RingException.class);
            damage(SegmentControl.INTENT_OFFSET, LINES);
            reader.segment(0).seek(StartPosition.NEWEST);
            Lines.write(writer, "two");
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("two");
        }
    }

    @Test
    void aStuckReaderIsEvictedAndMustJoinAgain() {
        try (Ring ring = create(options(false).stuckReader(StuckReader.EVICT, Duration.ofMillis(20)))) {
            final RingReader stuck = ring.join(StartPosition.OLDEST);
            final SegmentWriter writer = ring.claim(0, FullPolicy.waitUpTo(Duration.ofMinutes(1)));
            for (int i = 0; i <= LINES; i++) {
                assertThat(Lines.write(writer, "line " + i)).isEqualTo(1);
            }
            assertThat(ring.status().readers().get(0).state()).isEqualTo(RingStatus.SlotState.EVICTED);
            assertThat(ring.status().segments().get(0).evicted()).isEqualTo(1);
            assertThatThrownBy(() -> Lines.read(stuck.segment(0), 1))
                    .isInstanceOfSatisfying(
                            RingException.class, e -> assertThat(e.code()).isEqualTo(RingException.Code.EVICTED));
            stuck.close();
            try (RingReader again = ring.join(StartPosition.OLDEST)) {
                assertThat(Lines.readAll(again.segment(0))).last().isEqualTo("line " + LINES);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStuckReaderIsOverrunAndCountsItsLoss(boolean variable) {
        try (Ring ring = create(options(variable).stuckReader(StuckReader.OVERWRITE, Duration.ofMillis(10)));
                RingReader stuck = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0, FullPolicy.waitUpTo(Duration.ofMinutes(1)));
            for (int i = 0; i < 100; i++) {
                assertThat(Lines.write(writer, "line " + i)).isEqualTo(1);
            }
            final LineBuffer lines = LineBuffer.ofLines(100, LINE_SIZE);
            stuck.segment(0).read(lines, 100);
            assertThat(Lines.texts(lines)).last().isEqualTo("line 99");
            assertThat(lines.lost() + lines.count()).isEqualTo(100);
            assertThat(ring.status().segments().get(0).overruns()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void threadsOfAProcessShareASegmentAndEveryLineGoesToOneOfThem(boolean variable) throws Exception {
        final int total = 50_000;
        try (Ring ring = create(options(variable));
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final AtomicBoolean done = new AtomicBoolean();
            final Callable<List<Integer>> readLines = () -> {
                final List<Integer> numbers = new ArrayList<>();
                final LineBuffer lines = LineBuffer.ofLines(7, LINE_SIZE);
                while (!done.get() || reader.segment(0).hasLines()) {
                    lines.clear();
                    if (reader.segment(0).read(lines, 7) == 0) {
                        Thread.onSpinWait();
                    }
                    Lines.texts(lines).forEach(line -> numbers.add(Integer.valueOf(line)));
                }
                return numbers;
            };
            final ExecutorService threads = Executors.newFixedThreadPool(3);
            final List<Future<List<Integer>>> results =
                    List.of(threads.submit(readLines), threads.submit(readLines), threads.submit(readLines));
            final SegmentWriter writer = ring.claim(0, FullPolicy.waitUpTo(Duration.ofMinutes(1)));
            for (int i = 0; i < total; i++) {
                Lines.write(writer, Integer.toString(i));
            }
            done.set(true);
            final List<Integer> all = new ArrayList<>();
            for (Future<List<Integer>> result : results) {
                assertThat(result.get()).isSorted();
                all.addAll(result.get());
            }
            threads.shutdown();
            assertThat(all.stream().sorted())
                    .containsExactlyElementsOf(IntStream.range(0, total).boxed().toList());
        }
    }
}
