package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions are 64 bits wide: nothing happens where 32 would have wrapped. */
class CursorWrapTest {

    private static final int LINES = 300;
    private static final int CAPACITY = 1024;
    private static final int LINE_SIZE = 24;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "4294967296, false, false",
        "4294967296, false, true",
        "4294967296, true, false",
        "4294967296, true, true",
        "2147483648, false, false",
        "2147483648, true, true",
        "281474976710656, false, false",
        "281474976710656, true, false",
    })
    void linesAndLossesAreRightAcross(long boundary, boolean variable, boolean overwrite) {
        final RingOptions.Builder options =
                RingOptions.builder().lineSize(LINE_SIZE).overwrite(overwrite);
        try (Ring ring = Ring.create(
                directory.resolve("ring"),
                (variable ? options.variableLength(CAPACITY) : options.lines(CAPACITY / 32)).build())) {
            startAt(ring, boundary - 128, variable ? CAPACITY : CAPACITY / 32);
            final SegmentWriter writer = ring.claim(0, FullPolicy.waitUpTo(Duration.ofMinutes(1)));
            final LineBuffer lines = LineBuffer.ofLines(64, LINE_SIZE);
            final List<String> expected = new ArrayList<>();
            try (RingReader reader = ring.join(StartPosition.OLDEST)) {
                int next = 0;
                for (int i = 0; i < LINES; i++) {
                    expected.add("line " + i);
                    assertThat(Lines.write(writer, expected.get(i))).isEqualTo(1);
                    if (overwrite ? i % 90 == 89 || i == LINES - 1 : i % 16 == 15 || i == LINES - 1) {
                        lines.clear();
                        while (reader.segment(0).read(lines, 64 - lines.count()) > 0) {
                            // Reads all there is.
                        }
                        next += (int) lines.lost();
                        assertThat(Lines.texts(lines)).isEqualTo(expected.subList(next, i + 1));
                        next = i + 1;
                    }
                }
                assertThat(ring.status().segments().get(0).lines())
                        .isEqualTo(variable ? LINES : boundary - 128 + LINES);
                assertThat(reader.segment(0).hasLines()).isFalse();
            }
        }
    }

    /** As if so much had been written and read before. */
    private static void startAt(Ring ring, long position, int capacity) {
        final RingMemoryAccess memory = new RingMemoryAccess(ring.path());
        final int control = memory.region(0);
        memory.data().putLong(control + SegmentControl.TAIL_OFFSET, position);
        memory.data().putLong(control + SegmentControl.INTENT_OFFSET, position + capacity);
        memory.data().putLong(control + SegmentControl.JOURNAL_OFFSET, position);
    }
}
