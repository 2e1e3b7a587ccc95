package org.ipspipeline.ips.match.program;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ipspipeline.ips.match.syntax.Needle;

/** Some bytes that are compared with, and searched in, a little-endian buffer, eight at a time. */
final class LiteralText {

    private final byte[] bytes;
    /** The bytes as little-endian words, the last one filled with zeros. */
    private final long[] words;
    /** Covers the bytes of the last word that are in use. */
    private final long lastMask;
    /** Where the byte stands that is searched for. */
    private final int rarest;

    LiteralText(byte[] bytes) {
        this.bytes = bytes.clone();
        words = new long[(bytes.length + Long.BYTES - 1) / Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            words[i / Long.BYTES] |= (bytes[i] & 0xFFL) << (Byte.SIZE * (i % Long.BYTES));
        }
        int inLast = bytes.length - (words.length - 1) * Long.BYTES;
        lastMask = -1L >>> (Byte.SIZE * (Long.BYTES - inLast));
        rarest = rarest(bytes);
    }

    private static int rarest(byte[] bytes) {
        int best = 0;
        double rarity = 0;
        for (int i = 0; i < bytes.length; i++) {
            double here = new Needle(new byte[] {bytes[i]}).rarity();
            if (here > rarity) {
                best = i;
                rarity = here;
            }
        }
        return best;
    }

    int length() {
        return bytes.length;
    }

    int first() {
        return bytes[0] & 0xFF;
    }

    boolean isAt(ByteBuffer buffer, int at, int to) {
        if (to - at < bytes.length) {
            return false;
        }
        int last = words.length - 1;
        if (at + words.length * Long.BYTES > buffer.limit()) {
            return isAtBytewise(buffer, at);
        }
        for (int i = 0; i < last; i++) {
            if (buffer.getLong(at + i * Long.BYTES) != words[i]) {
                return false;
            }
        }
        return ((buffer.getLong(at + last * Long.BYTES) ^ words[last]) & lastMask) == 0;
    }

    private boolean isAtBytewise(ByteBuffer buffer, int at) {
        for (int i = 0; i < bytes.length; i++) {
            if (buffer.get(at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** The same where ASCII letters may be in either case; the bytes themselves are in lower case. */
    boolean isAtFolded(ByteBuffer buffer, int at, int to) {
        if (to - at < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            int value = buffer.get(at + i);
            int lower = value >= 'A' && value <= 'Z' ? value | 0x20 : value;
            if (lower != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** The first index, at or after {@code from}, where the bytes stand before {@code to}; -1 if there is none. */
    int find(ByteBuffer buffer, int from, int to) {
        int end = to - bytes.length + 1 + rarest;
        int at = from + rarest;
        long sought = SwarSearch.spread(bytes[rarest]);
        for (int lastWord = Math.min(end, buffer.limit()) - Long.BYTES; at <= lastWord; at += Long.BYTES) {
            for (long marks = SwarSearch.marks(buffer.getLong(at), sought); marks != 0; marks &= marks - 1) {
                int start = at + (Long.numberOfTrailingZeros(marks) >>> 3) - rarest;
                if (isAt(buffer, start, to)) {
                    return start;
                }
            }
        }
        for (; at < end; at++) {
            if (buffer.get(at) == bytes[rarest] && isAt(buffer, at - rarest, to)) {
                return at - rarest;
            }
        }
        return -1;
    }

    /** The last index, from {@code least} to {@code most}, where the bytes stand before {@code to}; -1 if there is none. */
    int findLast(ByteBuffer buffer, int least, int most, int to) {
        int first = least + rarest;
        int at = Math.min(most, to - bytes.length) + rarest;
        long sought = SwarSearch.spread(bytes[rarest]);
        for (int word = at - Long.BYTES + 1; word >= first; word -= Long.BYTES) {
            long marks = SwarSearch.marks(buffer.getLong(word), sought);
            while (marks != 0) {
                int last = Long.SIZE - 1 - Long.numberOfLeadingZeros(marks);
                int start = word + (last >>> 3) - rarest;
                if (isAt(buffer, start, to)) {
                    return start;
                }
                marks ^= 1L << last;
            }
            at = word - 1;
        }
        for (; at >= first; at--) {
            if (buffer.get(at) == bytes[rarest] && isAt(buffer, at - rarest, to)) {
                return at - rarest;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
