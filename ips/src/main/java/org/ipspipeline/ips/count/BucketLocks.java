package org.ipspipeline.ips.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Spin locks shared out over many buckets, taken in pairs. Held for a few stores and never across a call that may block; the
 * array is small enough to stay in the first caches, so that a lock costs no memory access of its own.
 */
final class BucketLocks {

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int STRIPES = 1 << 12;

    private final int[] held = new int[STRIPES];

    /** Locks two buckets, which may be the same. */
    void lock(int one, int other) {
        int a = stripe(one);
        int b = stripe(other);
        // Always the lower one first, so that no two threads wait for each other.
        lock(Math.min(a, b));
        if (a != b) {
            lock(Math.max(a, b));
        }
    }

    /** Unlocks what {@link #lock} locked with the same buckets. */
    void unlock(int one, int other) {
        int a = stripe(one);
        int b = stripe(other);
        ELEMENT.setRelease(held, a, 0);
        if (a != b) {
            ELEMENT.setRelease(held, b, 0);
        }
    }

    private void lock(int stripe) {
        for (int tries = 0; !ELEMENT.compareAndSet(held, stripe, 0, 1); tries++) {
            Spins.pause(tries);
        }
    }

    private static int stripe(int bucket) {
        return bucket & (STRIPES - 1);
    }
}
