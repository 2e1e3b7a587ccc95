package org.ipspipeline.ipc;

/**
 * How far ahead of the oldest whole line a reader goes on that was overrun. At the oldest one itself it would copy just what
 * a fast writer overwrites next: the copy is in vain, and takes cache lines away from the writer. So a copy that was overrun
 * gives the reader a head start of twice what the writer came ahead meanwhile, half a segment at most, which shrinks
 * again while copies stay whole. While the writer rests it is the oldest line.
 *
 * <p>For one thread at a time.
 */
final class HeadStart extends CacheLinePadded {

    private static final int SHRINK_SHIFT = 3;

    private final long most;
    private long distance;

    /**
     * Begins without one.
     *
     * @param capacity of the segment
     */
    HeadStart(long capacity) {
        this.most = capacity / 2;
    }

    /** What it is now, in positions. */
    long distance() {
        return distance;
    }

    /**
     * A copy was overrun.
     *
     * @param advance by how much
     */
    void overrun(long advance) {
        distance = Math.min(most, 2 * Math.min(most, Math.max(distance, advance)));
    }

    /** A copy was whole. */
    void whole() {
        if (distance > 0) {
            distance -= (distance >> SHRINK_SHIFT) + 1;
        }
    }
}
