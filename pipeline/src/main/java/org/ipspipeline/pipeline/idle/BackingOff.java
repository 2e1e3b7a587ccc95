package org.ipspipeline.pipeline.idle;

import java.util.concurrent.locks.LockSupport;

/** Spins, yields, then sleeps for a time that doubles from round to round up to a bound. */
record BackingOff(int spins, int yields, long minSleepNanos, long maxSleepNanos) implements IdleStrategy {

    /** A doubling beyond this would overflow; the bound is reached long before. */
    private static final int MAX_DOUBLINGS = 30;

    BackingOff {
        if (spins < 0 || yields < 0) {
            throw new IllegalArgumentException(
                    "spins and yields must not be negative, not " + spins + " and " + yields);
        }
        if (minSleepNanos < 1 || maxSleepNanos < minSleepNanos) {
            throw new IllegalArgumentException(
                    "sleeps must go from 1 ns or more upwards, not from " + minSleepNanos + " to " + maxSleepNanos);
        }
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // giving the CPU to whoever can use it is what is asked for
    public void idle(int emptyRounds) {
        if (emptyRounds <= spins) {
            Thread.onSpinWait();
        } else if (emptyRounds - spins <= yields) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, sleepNanos(emptyRounds - spins - yields));
        }
    }

    long sleepNanos(int sleeps) {
        int doublings = Math.min(sleeps - 1, MAX_DOUBLINGS);
        return minSleepNanos > maxSleepNanos >> doublings ? maxSleepNanos : minSleepNanos << doublings;
    }

    @Override
    public String toString() {
        return "backing off to " + maxSleepNanos / 1_000 + " us";
    }
}
