package org.ipspipeline.ips.match.program;

import java.nio.ByteBuffer;

/**
 * Searches a byte in a little-endian buffer, eight at a time in one register (H. S. Warren, Hacker's Delight, 6-1).
 *
 * <p>{@code (x - 01..01) & ~x & 80..80} marks each zero byte of {@code x}, and bytes above the lowest one now and then: so the
 * lowest mark is right, and others are to be looked at.
 */
final class SwarSearch {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private SwarSearch() {}

    /** {@return a word that has the byte in each place} */
    static long spread(byte value) {
        return (value & 0xFFL) * ONES;
    }

    /** {@return marks in the high bits of the bytes that equal the spread one, the lowest of them right} */
    static long marks(long word, long spread) {
        long different = word ^ spread;
        return (different - ONES) & ~different & HIGH_BITS;
    }

    /** {@return the first index from {@code from} on, before {@code to}, where the byte stands; -1 if there is none} */
    static int first(ByteBuffer buffer, byte value, int from, int to) {
        long sought = spread(value);
        int at = from;
        for (int lastWord = to - Long.BYTES; at <= lastWord; at += Long.BYTES) {
            long marks = marks(buffer.getLong(at), sought);
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (buffer.get(at) == value) {
                return at;
            }
        }
        return -1;
    }
}
