package org.ipspipeline.ips.match;

import java.util.Arrays;
import java.util.BitSet;

/** The patterns that may match a line, in ascending order of their numbers. */
public final class Candidates {

    /** What {@link #next} returns after the last pattern. */
    public static final int NONE = -1;

    private final long[] always;
    private final long[] members;

    Candidates(long[] always) {
        this.always = always;
        this.members = always.clone();
    }

    /**
     * Goes through the patterns.
     *
     * @param from the lowest number that is of interest
     * @return the lowest number of a candidate that is not below it, or {@link #NONE}
     */
    public int next(int from) {
        int word = from >> 6;
        if (word >= members.length) {
            return NONE;
        }
        long bits = members[word] & (-1L << from);
        while (bits == 0) {
            if (++word == members.length) {
                return NONE;
            }
            bits = members[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /**
     * Asks for a pattern.
     *
     * @param pattern its number
     * @return whether it may match
     */
    public boolean contains(int pattern) {
        return (members[pattern >> 6] >>> pattern & 1) != 0;
    }

    void add(int pattern) {
        members[pattern >> 6] |= 1L << pattern;
    }

    void reset() {
        if (members.length == 1) {
            members[0] = always[0];
        } else {
            System.arraycopy(always, 0, members, 0, members.length);
        }
    }

    boolean isEmpty() {
        for (long word : members) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return Arrays.toString(BitSet.valueOf(members).stream().toArray());
    }
}
