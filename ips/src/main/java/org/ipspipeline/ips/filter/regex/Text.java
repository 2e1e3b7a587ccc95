package org.ipspipeline.ips.filter.regex;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The characters of a line for regular expressions: reusable, and with a budget of steps, which every access by an
 * expression spends. Bytes are decoded as fail2ban does: in the log's encoding, what is invalid in it as U+FFFD. A line of
 * ASCII is not decoded but copied, and says so by {@link #isAscii()}. For one thread.
 */
public final class Text implements CharSequence {

    private char[] characters = new char[512];
    private int offset;
    private int length;
    private boolean ascii = true;
    private long budget;

    /** Makes it empty, with no steps to spend. */
    public Text() {}

    /**
     * Takes over bytes.
     *
     * @param bytes hold them
     * @param from the index of the first
     * @param count how many
     * @param encoding theirs, if they are not all ASCII
     */
    public void set(byte[] bytes, int from, int count, Charset encoding) {
        ensure(count);
        offset = 0;
        int all = 0;
        for (int i = 0; i < count; i++) {
            byte value = bytes[from + i];
            all |= value;
            characters[i] = (char) (value & 0xff);
        }
        length = count;
        ascii = all >= 0;
        if (!ascii && !encoding.equals(StandardCharsets.ISO_8859_1)) {
            decode(ByteBuffer.wrap(bytes, from, count), encoding);
        }
    }

    private void decode(ByteBuffer bytes, Charset encoding) {
        CharsetDecoder decoder = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        ensure((int) Math.ceil(bytes.remaining() * (double) decoder.maxCharsPerByte()));
        CharBuffer decoded = CharBuffer.wrap(characters);
        decoder.decode(bytes, decoded, true);
        decoder.flush(decoded);
        length = decoded.position();
    }

    /** Takes over a text. */
    public void set(CharSequence text) {
        ensure(text.length());
        offset = 0;
        length = text.length();
        int all = 0;
        for (int i = 0; i < length; i++) {
            characters[i] = text.charAt(i);
            all |= characters[i];
        }
        ascii = all < 0x80;
    }

    /**
     * Takes over another text without some of its characters, followed by a newline, as fail2ban hands a line to a filter
     * once the date is cut out.
     *
     * @param line the whole line, without a newline
     * @param cutFrom the index of the first character to leave out
     * @param cutTo the index after the last one
     */
    public void setWithout(Text line, int cutFrom, int cutTo) {
        int rest = line.length - cutTo;
        ensure(cutFrom + rest + 1);
        System.arraycopy(line.characters, line.offset, characters, 0, cutFrom);
        System.arraycopy(line.characters, line.offset + cutTo, characters, cutFrom, rest);
        offset = 0;
        length = cutFrom + rest + 1;
        characters[length - 1] = '\n';
        ascii = line.ascii;
    }

    /**
     * Takes over a part of another text, followed by a newline.
     *
     * @param whole holds it
     * @param from the index of the first character
     * @param to the index after the last one
     */
    public void setPart(Text whole, int from, int to) {
        ensure(to - from + 1);
        System.arraycopy(whole.characters, whole.offset + from, characters, 0, to - from);
        offset = 0;
        length = to - from + 1;
        characters[length - 1] = '\n';
        ascii = whole.ascii;
    }

    /** Whether all characters are below 0x80. */
    public boolean isAscii() {
        return ascii;
    }

    /**
     * Allows expressions to look at characters.
     *
     * @param steps how often, until {@link StepBudgetExceeded} is thrown
     */
    public void allow(long steps) {
        budget = steps;
    }

    /** How many steps are left. */
    public long stepsLeft() {
        return budget;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--budget < 0) {
            throw new StepBudgetExceeded();
        }
        return characters[offset + index];
    }

    /** As {@link #charAt} for what is no expression: costs no step. */
    public char at(int index) {
        return characters[offset + index];
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return substring(from, to);
    }

    /** A copy of some of its characters. */
    public String substring(int from, int to) {
        return new String(characters, offset + from, to - from);
    }

    @Override
    public String toString() {
        return substring(0, length);
    }

    private void ensure(int capacity) {
        if (characters.length < capacity) {
            characters = Arrays.copyOf(characters, Math.max(capacity, 2 * characters.length));
        }
    }
}
