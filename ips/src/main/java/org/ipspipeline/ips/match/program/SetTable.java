package org.ipspipeline.ips.match.program;

import java.nio.ByteBuffer;

/** A set of bytes as a table, and how far a line's bytes belong to it. Immutable. */
final class SetTable {

    /** What {@link #endOfRun} returns where it met a byte that it cannot judge. */
    static final int UNDECIDED = -1;

    private static final int NO_SUCH_BYTE = -1;

    /** Indexed by a byte: {@link TokenProgram#MEMBER}, {@link TokenProgram#DEPENDS} or 0. */
    private final byte[] membership;

    /** The one byte that is no member, as in {@code .} and in {@code [^"]}: a run's end is then searched for eight bytes at a time. */
    private final int onlyOther;

    SetTable(byte[] membership) {
        this.membership = membership;
        int other = NO_SUCH_BYTE;
        int others = 0;
        for (int value = 0; value < membership.length; value++) {
            if (membership[value] != TokenProgram.MEMBER) {
                other = value;
                others++;
            }
        }
        onlyOther = others == 1 && membership[other] == 0 ? other : NO_SUCH_BYTE;
    }

    /** {@return how a byte belongs to it} */
    byte membership(byte value) {
        return membership[value & 0xFF];
    }

    /**
     * Finds the first byte that is no member.
     *
     * @param most how many bytes are of interest
     * @param from the index of the first byte
     * @param to the index after the last byte of the line
     * @return its index, the index after the last byte of interest where there is none, or {@link #UNDECIDED}
     */
    int endOfRun(int most, ByteBuffer bytes, int from, int to) {
        int limit = most < to - from ? from + most : to;
        if (onlyOther != NO_SUCH_BYTE) {
            int other = SwarSearch.first(bytes, (byte) onlyOther, from, limit);
            return other < 0 ? limit : other;
        }
        int end = from;
        while (end < limit) {
            byte member = membership[bytes.get(end) & 0xFF];
            if (member != TokenProgram.MEMBER) {
                return member == TokenProgram.DEPENDS ? UNDECIDED : end;
            }
            end++;
        }
        return end;
    }
}
