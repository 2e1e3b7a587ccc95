package org.ipspipeline.ips.match;

/** The patterns that may match a line: a set of small numbers, read in their order. For one thread, without allocation. */
final class Candidates {

    private final long[] words;

    Candidates(int patterns) {
        words = new long[(patterns + Long.SIZE - 1) / Long.SIZE];
    }

    void addAll(int[] patterns) {
        for (int pattern : patterns) {
            words[pattern / Long.SIZE] |= 1L << pattern;
        }
    }

    /** Removes the least number, and returns it; -1 where the set is empty. */
    int removeFirst() {
        for (int i = 0; i < words.length; i++) {
            if (words[i] != 0) {
                int bit = Long.numberOfTrailingZeros(words[i]);
                words[i] &= words[i] - 1;
                return i * Long.SIZE + bit;
            }
        }
        return -1;
    }

    void clear() {
        for (int i = 0; i < words.length; i++) {
            words[i] = 0;
        }
    }
}
