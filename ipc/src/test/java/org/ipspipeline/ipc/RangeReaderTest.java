package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Round-robin that is fair from call to call, and stealing that is asked for call by call. */
class RangeReaderTest {

    private static final int SEGMENTS = 6;

    @TempDir
    private Path directory;

    private Ring ring;
    private RingReader reader;
    private final List<SegmentWriter> writers = new ArrayList<>();
    private final LineBuffer lines = LineBuffer.ofLines(64, 16);

    @BeforeEach
    void open() {
        ring = Ring.create(
                directory.resolve("ring"),
                RingOptions.builder().segments(SEGMENTS).lines(64).lineSize(16).build());
        reader = ring.join(StartPosition.OLDEST);
        for (int i = 0; i < SEGMENTS; i++) {
            writers.add(ring.claim(i));
        }
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private void write(int segment, int count) {
        for (int i = 0; i < count; i++) {
            Lines.write(writers.get(segment), segment + "." + i);
        }
    }

    @Test
    void theRoundRobinGoesOnFromCallToCall() {
        final RangeReader range = reader.range(1, 4);
        for (int i = 0; i < SEGMENTS; i++) {
            write(i, 10);
        }
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            lines.clear();
            assertThat(range.read(lines, 2)).isEqualTo(2);
            order.add(range.lastSegment());
        }
        assertThat(order).containsExactly(1, 2, 3, 1, 2, 3, 1);
    }

    @Test
    void noSegmentWithLinesWaitsLongerThanOneCycle() {
        final Random random = new Random(42);
        final RangeReader range = reader.range(0, SEGMENTS);
        final int[] waited = new int[SEGMENTS];
        for (int i = 0; i < 20_000; i++) {
            write(random.nextInt(SEGMENTS), random.nextInt(3));
            lines.clear();
            if (range.read(lines, 1 + random.nextInt(3)) > 0) {
                waited[range.lastSegment()] = 0;
            }
            for (int segment = 0; segment < SEGMENTS; segment++) {
                waited[segment] = reader.segment(segment).hasLines() ? waited[segment] + 1 : 0;
                assertThat(waited[segment]).isLessThanOrEqualTo(SEGMENTS);
            }
        }
    }

    @Test
    void stealingTakesFromOutsideOnlyWhenTheRangeIsEmptyAndTellsHowMuch() {
        final RangeReader range = reader.range(2, 4);
        write(0, 3);
        write(5, 3);
        assertThat(range.read(lines, 10)).isZero();
        write(2, 1);
        assertThat(range.readOrSteal(lines, 10)).isEqualTo(1);
        assertThat(range.lastStolen()).isZero();
        assertThat(range.readOrSteal(lines, 2)).isEqualTo(2);
        assertThat(range.lastStolen()).isEqualTo(2);
        assertThat(range.lastSegment()).isZero();
        assertThat(range.readOrSteal(lines, 10)).isEqualTo(3);
        assertThat(range.lastSegment()).isEqualTo(5);
        assertThat(range.readOrSteal(lines, 10)).isEqualTo(1);
        assertThat(range.readOrSteal(lines, 10)).isZero();
        assertThat(range.lastStolen()).isZero();
        assertThat(Lines.texts(lines)).containsExactly("2.0", "0.0", "0.1", "5.0", "5.1", "5.2", "0.2");
    }

    @Test
    void aRangeOfAllSegmentsHasNothingToSteal() {
        assertThat(reader.range(0, SEGMENTS).readOrSteal(lines, 1)).isZero();
    }

    @Test
    void rangesOutsideOfTheRingAreRefused() {
        assertThatThrownBy(() -> reader.range(0, SEGMENTS + 1)).isInstanceOf(RingException.class);
        assertThatThrownBy(() -> reader.range(-1, 2)).isInstanceOf(RingException.class);
        assertThatThrownBy(() -> reader.range(2, 2)).isInstanceOf(RingException.class);
        assertThatThrownBy(() -> reader.segment(SEGMENTS)).isInstanceOf(RingException.class);
    }

    @Test
    void dividingReachesEverySegmentOnceAndGivesEveryThreadWork() {
        for (int segments = 1; segments <= 32; segments++) {
            for (int threads = 1; threads <= 32; threads++) {
                final List<SegmentRange> ranges = SegmentRange.divide(segments, threads);
                assertThat(ranges).hasSize(threads);
                final int[] readers = new int[segments];
                for (SegmentRange range : ranges) {
                    IntStream.range(range.lower(), range.upper()).forEach(segment -> readers[segment]++);
                }
                final int most = Math.max(1, (threads + segments - 1) / segments);
                assertThat(IntStream.of(readers).boxed())
                        .as("%s segments, %s threads", segments, threads)
                        .allMatch(count -> count >= 1 && count <= most);
                final int largest =
                        ranges.stream().mapToInt(SegmentRange::size).max().orElseThrow();
                final int smallest =
                        ranges.stream().mapToInt(SegmentRange::size).min().orElseThrow();
                assertThat(largest - smallest).isLessThanOrEqualTo(1);
            }
        }
    }
}
