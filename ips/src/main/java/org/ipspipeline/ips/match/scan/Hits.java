package org.ipspipeline.ips.match.scan;

/**
 * What a scan found, in the order of the ends: the number of a literal or an expression, and the index after its last byte. Of fixed
 * size: when it is full the scan stops, and can be taken up behind the last hit.
 *
 * <p>{@link #onMatch} is called from native code: it must not throw, whatever it is given.
 */
public final class Hits {

    /** What {@link #onMatch} returns to go on, and to stop. */
    static final int GO_ON = 0;

    static final int STOP = 1;

    private final long[] hits;
    private int count;
    private int base;

    /**
     * Makes an empty collection.
     *
     * @param capacity how many hits it holds, at least 1
     */
    public Hits(int capacity) {
        hits = new long[capacity];
    }

    /** {@return how many hits there are} */
    public int count() {
        return count;
    }

    /** {@return how many hits there can be} */
    public int capacity() {
        return hits.length;
    }

    /**
     * Tells what was found.
     *
     * @param hit 0 to {@link #count()} - 1
     * @return the number of the literal or expression
     */
    public int id(int hit) {
        return (int) (hits[hit] >>> 32);
    }

    /**
     * Tells where it ended.
     *
     * @param hit 0 to {@link #count()} - 1
     * @return the index after its last byte
     */
    public int end(int hit) {
        return (int) hits[hit];
    }

    /** Forgets all hits. */
    public void clear() {
        count = 0;
    }

    /** Tells what is to be added to the ends that {@link #onMatch} is given. */
    void startAt(int index) {
        base = index;
    }

    /** Takes a hit; its ends are relative to where the scan began. */
    int onMatch(int id, long from, long to, int flags, long context) {
        if (count >= hits.length) {
            return STOP;
        }
        hits[count++] = ((long) id << 32) | (base + (int) to);
        return count == hits.length ? STOP : GO_ON;
    }
}
