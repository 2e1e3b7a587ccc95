package org.ipspipeline.ips.source.stream;

/** How many lines each batch had that was given and not yet handled. Not thread-safe; allocates when it grows. */
final class BatchCounts {

    private static final int FIRST_CAPACITY = 64;

    private int[] counts = new int[FIRST_CAPACITY];
    private long first;
    private long next;

    /** Notes a batch that was given. */
    void add(int lines) {
        if (next - first == counts.length) {
            grow();
        }
        counts[index(next)] = lines;
        next++;
    }

    /**
     * Takes the oldest batches out.
     *
     * @param batches how many; at most as many as there are
     * @return their lines
     */
    long remove(long batches) {
        long lines = 0;
        for (long i = 0; i < batches && first < next; i++) {
            lines += counts[index(first)];
            first++;
        }
        return lines;
    }

    private void grow() {
        final int[] grown = new int[counts.length * 2];
        for (long i = first; i < next; i++) {
            grown[(int) (i & (grown.length - 1))] = counts[index(i)];
        }
        counts = grown;
    }

    private int index(long batch) {
        return (int) (batch & (counts.length - 1));
    }
}
