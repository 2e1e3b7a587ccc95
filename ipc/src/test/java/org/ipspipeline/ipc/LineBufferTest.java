package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A batch of lines: packed, newline-terminated, with any bytes in them. */
class LineBufferTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] line(LineBuffer lines, int line) {
        final byte[] bytes = new byte[lines.length(line)];
        lines.bytes().get(lines.start(line), bytes);
        return bytes;
    }

    private static String packed(LineBuffer lines) {
        final byte[] all = new byte[lines.size()];
        lines.bytes().get(0, all);
        return new String(all, StandardCharsets.ISO_8859_1);
    }

    private static LineBuffer of(String... texts) {
        final LineBuffer lines = new LineBuffer(texts.length, 1000);
        for (int i = 0; i < texts.length; i++) {
            assertThat(lines.append(bytes(texts[i]), 0, texts[i].length(), i + 1))
                    .isTrue();
        }
        return lines;
    }

    @Property(tries = 300)
    void holdsLinesOfAnyLengthAndBytes(@ForAll @Size(max = 12) List<@IntRange(max = 300) Integer> lengths) {
        final LineBuffer lines = new LineBuffer(Math.max(1, lengths.size()), 300 * 13);
        final List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            final byte[] source = new byte[lengths.get(i) + 2];
            for (int b = 0; b < source.length; b++) {
                source[b] = (byte) (31 * i + b);
            }
            final boolean added = i % 2 == 0
                    ? lines.append(source, 1, lengths.get(i), i)
                    : lines.append(ByteBuffer.wrap(source), 1, lengths.get(i), i);
            assertThat(added).isTrue();
            expected.add(java.util.Arrays.copyOfRange(source, 1, source.length - 1));
        }
        for (int i = 0; i < expected.size(); i++) {
            assertThat(line(lines, i)).isEqualTo(expected.get(i));
            assertThat(lines.stamp(i)).isEqualTo(i);
            assertThat(lines.bytes().get(lines.start(i) + lines.length(i))).isEqualTo((byte) '\n');
        }
        assertThat(lines.size())
                .isEqualTo(lengths.stream().mapToInt(length -> length + 1).sum());
    }

    @Test
    void refusesWhatDoesNotFitAndKeepsWhatItHas() {
        final LineBuffer lines = new LineBuffer(2, 8);
        assertThat(lines.append(bytes("12345678"), 0, 8, 0))
                .as("no room for its newline")
                .isFalse();
        assertThat(lines.append(bytes("1234"), 0, 4, 0)).isTrue();
        assertThat(lines.append(bytes("123"), 0, 3, 0)).as("one byte too many").isFalse();
        assertThat(lines.append(bytes("12"), 0, 2, 0)).isTrue();
        assertThat(lines.append(bytes(""), 0, 0, 0)).as("a third line").isFalse();
        assertThat(packed(lines)).isEqualTo("1234\n12\n");
    }

    @Test
    void refusesBytesOutsideOfTheSource() {
        final LineBuffer lines = new LineBuffer(2, 100);
        assertThatThrownBy(() -> lines.append(bytes("abc"), 1, 3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> lines.append(bytes("abc"), 0, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(lines.isEmpty()).isTrue();
    }

    @Test
    void takesLinesOutAnywhere() {
        for (int from = 0; from < 3; from++) {
            final LineBuffer lines = of("first", "", "the third, which is longer than the others");
            lines.remove(from, 1);
            final List<String> left =
                    new ArrayList<>(List.of("first", "", "the third, which is longer than the others"));
            left.remove(from);
            assertThat(packed(lines)).isEqualTo(String.join("\n", left) + "\n");
            assertThat(lines.stamp(0)).isEqualTo(from == 0 ? 2 : 1);
            assertThat(lines.stamp(1)).isEqualTo(from == 2 ? 2 : 3);
        }
        final LineBuffer none = of("a", "b");
        none.remove(0, 2);
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.size()).isZero();
    }

    @Test
    void appendsInPlace() {
        final LineBuffer lines = of("before", "");
        lines.clear();
        lines.bytes().put(lines.size(), bytes("here"));
        assertThat(lines.appendInPlace(4, 7)).isTrue();
        assertThat(packed(lines)).isEqualTo("here\n");
        assertThat(lines.stamp(0)).isEqualTo(7);
    }

    @Test
    void mustHoldSomething() {
        assertThatThrownBy(() -> new LineBuffer(0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LineBuffer(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
