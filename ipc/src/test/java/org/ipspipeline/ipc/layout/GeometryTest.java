package org.ipspipeline.ipc.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Where the blocks of a ring lie: in order, aligned, apart, and as ABI.md says. */
class GeometryTest {

    private static final int PAGE = 4096;

    @Property(tries = 300)
    void segmentsLieOneAfterTheOtherAtPages(
            @ForAll boolean variable,
            @ForAll @IntRange(min = 1, max = 5000) int lineSize,
            @ForAll @IntRange(min = 1, max = Geometry.MAX_READERS) int readers,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 15, max = 18) Integer> powers) {
        final long[] capacities =
                powers.stream().mapToLong(power -> 1L << power).toArray();
        final Geometry geometry = Geometry.of(variable, lineSize, readers, PAGE, capacities);
        final long unit = variable ? 1 : 8 + (lineSize + 7L) / 8 * 8;
        long offset = (256 + 32L * capacities.length + PAGE - 1) / PAGE * PAGE;
        for (SegmentGeometry segment : geometry.segments()) {
            assertThat(segment.offset()).isEqualTo(offset);
            assertThat(segment.offset() % PAGE).isZero();
            assertThat((long) segment.size()).isGreaterThanOrEqualTo(512 + segment.capacity() * unit);
            offset += segment.size();
        }
        assertThat(geometry.dataSize()).isEqualTo(offset);
        assertThat(geometry.cursorsSize() % PAGE).isZero();
        assertThat(geometry.cursorsSize())
                .isGreaterThanOrEqualTo(
                        256 + 128L * (readers + capacities.length + (long) capacities.length * readers));
    }

    @Property(tries = 300)
    void noTwoCursorsShareTheirLines(
            @ForAll @IntRange(min = 1, max = 50) int segments,
            @ForAll @IntRange(min = 1, max = Geometry.MAX_READERS) int readers) {
        final java.util.TreeSet<Integer> offsets = new java.util.TreeSet<>();
        for (int reader = 0; reader < readers; reader++) {
            offsets.add(CursorsHeader.slotOffset(reader));
        }
        for (int segment = 0; segment < segments; segment++) {
            offsets.add(CursorsHeader.sleepersOffset(readers, segment));
            for (int reader = 0; reader < readers; reader++) {
                offsets.add(CursorsHeader.cursorOffset(segments, readers, segment, reader));
            }
        }
        assertThat(offsets).hasSize(readers + segments + segments * readers);
        assertThat(offsets).allMatch(offset -> offset % 128 == 0);
        assertThat(offsets.last() + 128L).isLessThanOrEqualTo(CursorsHeader.size(segments, readers));
    }

    @Test
    void refusesWhatNoRingCanBe() {
        refused("line size", false, 0, 1, PAGE, 16);
        refused("line size", false, Geometry.MAX_LINE_SIZE + 1, 1, PAGE, 16);
        refused("readers", false, 128, 0, PAGE, 16);
        refused("readers", false, 128, Geometry.MAX_READERS + 1, PAGE, 16);
        refused("segments", false, 128, 1, PAGE);
        refused("page size", false, 128, 1, 1000, 16);
        refused("page size", false, 128, 1, PAGE + 1, 16);
        refused("capacity", false, 128, 1, PAGE, 1);
        refused("capacity", false, 128, 1, PAGE, 24);
        refused("capacity", false, 128, 1, PAGE, -16);
        refused("capacity", true, 128, 1, PAGE, 512);
        refused("bytes", false, 1 << 20, 1, PAGE, 1 << 11);
    }

    private static void refused(
            String what, boolean variable, int lineSize, int readers, int page, long... capacities) {
        assertThatThrownBy(() -> Geometry.of(variable, lineSize, readers, page, capacities))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(what);
    }

    @Test
    void theLargestSegmentIsOneMapping() {
        final Geometry geometry = Geometry.of(false, 128, 1, PAGE, 1 << 23);
        assertThat(geometry.segments().get(0).size()).isPositive();
    }
}
