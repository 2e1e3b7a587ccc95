package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.ipspipeline.ipc.RingStatus.SegmentStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the write calls return, count and refuse. */
class SegmentWriterTest {

    private static final int LINE_SIZE = 24;

    @TempDir
    private Path directory;

    private Ring ring(boolean variable) {
        final RingOptions.Builder options = RingOptions.builder().segments(2).lineSize(LINE_SIZE);
        return Ring.create(
                directory.resolve("ring"), (variable ? options.variableLength(256) : options.lines(4)).build());
    }

    private static SegmentStatus status(Ring ring) {
        return ring.status().segments().get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void linesKeepTheirLengthBytesAndStamp(boolean variable) {
        try (Ring ring = ring(variable);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            final LineBuffer lines = LineBuffer.ofLines(4, LINE_SIZE);
            for (int length = 0; length <= LINE_SIZE; length++) {
                final byte[] line = new byte[length];
                for (int i = 0; i < length; i++) {
                    line[i] = (byte) (i * 31 - 128);
                }
                assertThat(writer.write(line, 0, length, -length)).isEqualTo(1);
                lines.clear();
                assertThat(reader.segment(0).read(lines, 4)).isEqualTo(1);
                assertThat(lines.length(0)).isEqualTo(length);
                assertThat(lines.stamp(0)).isEqualTo(-length);
                final byte[] read = new byte[length + 1];
                lines.bytes().get(0, read);
                assertThat(read).isEqualTo(withNewline(line));
            }
        }
    }

    private static byte[] withNewline(byte[] line) {
        final byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        return ended;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLineThatIsTooLongIsRefusedAndCounted(boolean variable) {
        try (Ring ring = ring(variable);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            assertThat(Lines.write(writer, "x".repeat(LINE_SIZE + 1))).isEqualTo(SegmentWriter.TOO_LONG);
            assertThat(writer.claim(Integer.MAX_VALUE)).isEqualTo(SegmentWriter.TOO_LONG);
            final LineBuffer lines = LineBuffer.ofLines(3, 2 * LINE_SIZE);
            for (String line : new String[] {"a", "b".repeat(LINE_SIZE + 1), "c"}) {
                lines.append(Lines.bytes(line), 0, line.length(), 0);
            }
            assertThat(writer.write(lines, 0, 3)).isEqualTo(3);
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("a", "c");
            assertThat(status(ring).tooLong()).isEqualTo(3);
        }
    }

    @Test
    void aFullSegmentIsReportedAndTheBatchGoesOnWhereItStopped() {
        try (Ring ring = ring(false);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            final LineBuffer lines = LineBuffer.ofLines(6, LINE_SIZE);
            for (int i = 0; i < 6; i++) {
                lines.append(new byte[] {(byte) ('0' + i)}, 0, 1, 0);
            }
            assertThat(writer.write(lines, 0, 6)).isEqualTo(4);
            assertThat(writer.write(lines, 4, 2)).isZero();
            assertThat(Lines.write(writer, "x")).isEqualTo(SegmentWriter.FULL);
            assertThat(writer.claim(1)).isEqualTo(SegmentWriter.FULL);
            assertThat(Lines.read(reader.segment(0), 3)).containsExactly("0", "1", "2");
            assertThat(writer.write(lines, 4, 2)).isEqualTo(2);
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("3", "4", "5");
        }
    }

    @Test
    void stagedLinesAppearWhenTheyArePublishedTogether() {
        try (Ring ring = ring(false);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            writer.stage(Lines.bytes("one"), 0, 3, 0);
            writer.stage(Lines.bytes("two"), 0, 3, 0);
            assertThat(reader.segment(0).hasLines()).isFalse();
            writer.publish();
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("one", "two");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void claimsMayBeShortenedAndAborted(boolean variable) {
        try (Ring ring = ring(variable);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < 50; i++) {
                final int place = writer.claim(LINE_SIZE);
                writer.buffer().put(place, Lines.bytes("claimed"));
                writer.commit(i % 8, 7);
                writer.claim(LINE_SIZE);
                writer.abort();
                assertThat(Lines.readAll(reader.segment(0))).containsExactly("claimed".substring(0, i % 8));
            }
            assertThatThrownBy(() -> writer.commit(1, 0)).hasMessage("nothing is claimed");
            writer.claim(3);
            assertThatThrownBy(() -> writer.commit(4, 0)).hasMessageContaining("3 are claimed");
            assertThatThrownBy(() -> writer.claim(1)).isInstanceOf(RingException.class);
        }
    }

    @Test
    void droppingCountsWhatItDrops() {
        try (Ring ring = ring(false);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter writer = ring.claim(0, FullPolicy.drop());
            for (int i = 0; i < 4; i++) {
                assertThat(Lines.write(writer, "kept")).isEqualTo(1);
            }
            assertThat(Lines.write(writer, "dropped")).isEqualTo(SegmentWriter.DROPPED);
            assertThat(status(ring).dropped()).isEqualTo(1);
            assertThat(Lines.readAll(reader.segment(0))).hasSize(4).containsOnly("kept");
        }
    }

    @Test
    void waitingEndsWithRoomOrAfterItsTimeout() throws InterruptedException {
        try (Ring ring = ring(false);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            final SegmentWriter brief = ring.claim(0, FullPolicy.waitUpTo(Duration.ofMillis(20)));
            for (int i = 0; i < 4; i++) {
                Lines.write(brief, "line");
            }
            assertThat(Lines.write(brief, "late")).isEqualTo(SegmentWriter.FULL);
            brief.close();
            final SegmentWriter patient = ring.claim(0, FullPolicy.waitUpTo(Duration.ofMinutes(1)));
            final Thread other = new Thread(() -> Lines.readAll(reader.segment(0)));
            other.start();
            assertThat(Lines.write(patient, "in time")).isEqualTo(1);
            other.join();
        }
    }

    @Test
    void aSegmentHasOneWriterAtATime() {
        try (Ring ring = ring(false);
                Ring again = Ring.attach(ring.path())) {
            final SegmentWriter writer = ring.claim(0);
            assertThatThrownBy(() -> again.claim(0))
                    .isInstanceOfSatisfying(
                            RingException.class,
                            e -> assertThat(e.code()).isEqualTo(RingException.Code.SEGMENT_CLAIMED));
            assertThat(again.claimAny(FullPolicy.drop()).segment()).isEqualTo(1);
            assertThatThrownBy(() -> again.claimAny(FullPolicy.drop())).isInstanceOf(RingException.class);
            writer.close();
            again.claim(0);
            assertThat(status(ring).epoch()).isEqualTo(2);
            assertThat(status(ring).writerPid())
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRingThatNobodyReadsKeepsTheNewestLinesAndCountsTheOthers(boolean variable) {
        try (Ring ring = ring(variable)) {
            final SegmentWriter writer = ring.claim(0);
            for (int i = 0; i < 1000; i++) {
                assertThat(Lines.write(writer, "line " + i)).isEqualTo(1);
            }
            try (RingReader reader = ring.join(StartPosition.OLDEST)) {
                final var lines = Lines.readAll(reader.segment(0));
                assertThat(lines).isNotEmpty().last().isEqualTo("line 999");
                assertThat(lines.size() + status(ring).unread()).isEqualTo(1000);
            }
        }
    }
}
