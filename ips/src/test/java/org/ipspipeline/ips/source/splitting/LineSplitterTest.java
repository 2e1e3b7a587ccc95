package org.ipspipeline.ips.source.splitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.ipspipeline.ipc.LineBuffer;
import org.junit.jupiter.api.Test;

final class LineSplitterTest {

    private static final int BUDGET = 20;

    @Property
    void givesWhatAByteByByteReaderGivesHoweverTheStreamIsCut(
            @ForAll("streams") String stream, @ForAll @IntRange(min = 1, max = 70) int chunk) {
        final byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);

        assertThat(split(bytes, chunk)).isEqualTo(expected(stream));
    }

    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.of("\n", "\r\n", "\r", "\0", "a", "bc", "0123456789", "\n\n", "\u008A", "\u00FF", "\u000B")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Test
    void dropsAHoleOfZerosInFrontOfALine() {
        assertThat(split(
                        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0ab\0c\n"
                                .getBytes(StandardCharsets.UTF_8),
                        64))
                .containsExactly("ab\0c");
    }

    @Test
    void givesALongLineOnceAndCountsIt() {
        final LineBuffer buffer = new LineBuffer(10, 100);
        final LineSplitter splitter = new LineSplitter(BUDGET);
        final byte[] bytes = "0123456789012345678901234\nnext\n".getBytes(StandardCharsets.UTF_8);
        buffer.bytes().put(0, bytes);

        assertThat(splitter.split(buffer, bytes.length, 7)).isEqualTo(bytes.length);

        assertThat(lines(buffer)).containsExactly("01234567890123456789", "next");
        assertThat(splitter.cutLines()).isEqualTo(1);
        assertThat(buffer.stamp(0)).isEqualTo(7);
    }

    @Test
    void leavesTheLinesThatTheBufferHasNoPlaceFor() {
        final LineBuffer buffer = new LineBuffer(2, 100);
        final LineSplitter splitter = new LineSplitter(BUDGET);
        final byte[] bytes = "a\nb\nc\n".getBytes(StandardCharsets.UTF_8);
        buffer.bytes().put(0, bytes);

        assertThat(splitter.split(buffer, bytes.length, 0)).isEqualTo(4);
        assertThat(splitter.isFull()).isTrue();
        assertThat(lines(buffer)).containsExactly("a", "b");
    }

    @Test
    void endsTheLastLineOfAStreamThatHasEnded() {
        final LineBuffer buffer = new LineBuffer(2, 100);
        final LineSplitter splitter = new LineSplitter(BUDGET);
        buffer.bytes().put(0, "half".getBytes(StandardCharsets.UTF_8));

        assertThat(splitter.split(buffer, 4, 0)).isZero();
        assertThat(splitter.splitLast(buffer, 4, 0)).isTrue();
        assertThat(lines(buffer)).containsExactly("half");
    }

    private static List<String> split(byte[] stream, int chunk) {
        final LineSplitter splitter = new LineSplitter(BUDGET);
        final LineBuffer buffer = new LineBuffer(5, 100);
        final List<String> lines = new ArrayList<>();
        int position = 0;
        int window = chunk;
        while (position < stream.length) {
            buffer.clear();
            final int length = Math.min(Math.min(window, 99), stream.length - position);
            buffer.bytes().put(0, stream, position, length);
            final int consumed = splitter.split(buffer, length, 0);
            lines.addAll(lines(buffer));
            position += consumed;
            if (consumed == 0 && window >= stream.length - position) {
                break;
            }
            window = consumed == 0 ? window + chunk : chunk;
        }
        buffer.clear();
        buffer.bytes().put(0, stream, position, stream.length - position);
        splitter.splitLast(buffer, stream.length - position, 0);
        lines.addAll(lines(buffer));
        return lines;
    }

    private static List<String> lines(LineBuffer buffer) {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < buffer.count(); i++) {
            final byte[] line = new byte[buffer.length(i)];
            buffer.bytes().get(buffer.start(i), line);
            assertThat(buffer.bytes().get(buffer.start(i) + line.length)).isEqualTo((byte) '\n');
            lines.add(new String(line, StandardCharsets.ISO_8859_1));
        }
        return lines;
    }

    private static List<String> expected(String stream) {
        final List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = stream.indexOf('\n'); at >= 0; at = stream.indexOf('\n', from)) {
            lines.add(kept(stream.substring(from, at)));
            from = at + 1;
        }
        if (from < stream.length()) {
            final String rest = stream.substring(from);
            // Zeros alone are no line until it ends.
            if (!rest.chars().allMatch(c -> c == 0)) {
                lines.add(kept(rest));
            }
        }
        return lines;
    }

    private static String kept(String raw) {
        int start = 0;
        while (start < raw.length() && raw.charAt(start) == 0) {
            start++;
        }
        final int end = raw.length() > start && raw.endsWith("\r") ? raw.length() - 1 : raw.length();
        return raw.substring(start, Math.min(end, start + BUDGET));
    }
}
