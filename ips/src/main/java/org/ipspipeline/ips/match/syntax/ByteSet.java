package org.ipspipeline.ips.match.syntax;

import java.util.function.IntPredicate;

/**
 * A set of characters as a matcher of bytes sees it: each ASCII character is a member or not; of all others together it is known
 * that they are, that they are not, or that it depends on the character.
 */
public final class ByteSet {

    /** Whether the characters beyond ASCII are members. */
    public enum Beyond {
        /** None of them. */
        NONE,
        /** All of them. */
        ALL,
        /** Some, or it is not known. */
        SOME
    }

    private static final int ASCII = 128;

    private final long low;
    private final long high;
    private final Beyond beyond;

    private ByteSet(long low, long high, Beyond beyond) {
        this.low = low;
        this.high = high;
        this.beyond = beyond;
    }

    /**
     * Makes a set from a description of its members.
     *
     * @param members tells of each ASCII character whether it is a member
     * @param beyond the same for the other characters
     * @return the set
     */
    public static ByteSet of(IntPredicate members, Beyond beyond) {
        long low = 0;
        long high = 0;
        for (int c = 0; c < Long.SIZE; c++) {
            low |= members.test(c) ? 1L << c : 0;
            high |= members.test(c + Long.SIZE) ? 1L << c : 0;
        }
        return new ByteSet(low, high, beyond);
    }

    /**
     * Makes a set of ASCII characters.
     *
     * @param members each of its characters
     * @return the set
     */
    public static ByteSet of(String members) {
        return of(c -> members.indexOf(c) >= 0, Beyond.NONE);
    }

    /**
     * Asks for a byte of a text in UTF-8.
     *
     * @param value the byte, 0 to 255
     * @return whether it may be, or be a part of, a member: beyond ASCII also where that depends on the character
     */
    public boolean mayContain(int value) {
        return value < ASCII ? containsAscii(value) : beyond != Beyond.NONE;
    }

    /** {@return whether the characters beyond ASCII are members} */
    public Beyond beyond() {
        return beyond;
    }

    /** {@return how many ASCII characters are members} */
    public int asciiSize() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    /**
     * Unites two sets.
     *
     * @param other another set
     * @return what is in one of them or in both
     */
    public ByteSet or(ByteSet other) {
        Beyond united;
        if (beyond == Beyond.ALL || other.beyond == Beyond.ALL) {
            united = Beyond.ALL;
        } else {
            united = beyond == Beyond.NONE && other.beyond == Beyond.NONE ? Beyond.NONE : Beyond.SOME;
        }
        return new ByteSet(low | other.low, high | other.high, united);
    }

    /** {@return all that is not in this set} */
    public ByteSet not() {
        Beyond inverse = switch (beyond) {
            case NONE -> Beyond.ALL;
            case ALL -> Beyond.NONE;
            case SOME -> Beyond.SOME;
        };
        return new ByteSet(~low, ~high, inverse);
    }

    /** {@return this set with the other case of each ASCII letter in it} */
    public ByteSet ignoringCase() {
        return of(c -> containsAscii(c) || (isLetter(c) && containsAscii(c ^ 0x20)), beyond);
    }

    /**
     * Compares with another set.
     *
     * @param other another set
     * @return whether no byte may be in both
     */
    public boolean isDisjoint(ByteSet other) {
        return (low & other.low) == 0
                && (high & other.high) == 0
                && (beyond == Beyond.NONE || other.beyond == Beyond.NONE);
    }

    /**
     * Makes a table that is indexed by a byte's unsigned value.
     *
     * @param member the entry of ASCII characters that are members
     * @param some the entry of the other bytes where it depends on the character that they are a part of
     * @param all the entry of the other bytes where all characters beyond ASCII are members
     * @return a table of 256 entries, 0 for what is no member
     */
    public byte[] table(byte member, byte some, byte all) {
        byte others = switch (beyond) {
            case NONE -> 0;
            case SOME -> some;
            case ALL -> all;
        };
        byte[] table = new byte[256];
        for (int value = 0; value < table.length; value++) {
            if (value >= ASCII) {
                table[value] = others;
            } else {
                table[value] = containsAscii(value) ? member : 0;
            }
        }
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteSet set && low == set.low && high == set.high && beyond == set.beyond;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low) * 31 + Long.hashCode(high) + beyond.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int c = 0; c < ASCII; c++) {
            if (containsAscii(c)) {
                text.append(c > ' ' && c < 127 ? String.valueOf((char) c) : String.format("\\x%02x", c));
            }
        }
        return text.append("] and beyond ASCII ").append(beyond).toString();
    }

    private boolean containsAscii(int c) {
        return ((c < Long.SIZE ? low : high) >>> c & 1) != 0;
    }

    private static boolean isLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }
}
