package org.ipspipeline.ips.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.pipeline.idle.IdleStrategy;

/**
 * Lets workers that have nothing to do sleep until a source has something: an idle strategy whose sleepers are woken by
 * {@link #ring()}, so that idle sources cost next to nothing and a line is still seen within microseconds.
 *
 * <p>While all sources can ring ({@link #allRing}), the sleeps of a worker that finds nothing grow up to 100 ms:
 * a thousand idle files then cost next to nothing.
 *
 * <p>No ring is lost: a worker says that it will sleep, then looks once more at all its sources, and only then sleeps. Sources
 * that cannot ring, such as a shared-memory ring, are seen when the longest sleep is over.
 */
public final class Doorbell implements IdleStrategy {

    private static final int SPINS = 200;
    /** Before sleeps grow: a source that is read to its end has said by then that it waits to be told of more. */
    private static final int EVEN_SLEEPS = 100;
    /** Sleeps of one length before they double. */
    private static final int SLEEPS_A_STEP = 8;

    private static final long LONG_SLEEP_NANOS = 100_000_000;

    private final long longestSleepNanos;
    private final Map<Thread, Sleeper> sleepers = new ConcurrentHashMap<>();
    private final AtomicInteger asleep = new AtomicInteger();
    private volatile boolean allRing;

    /**
     * Makes one for the workers of a pipeline.
     *
     * @param longestSleepNanos after which a worker looks at its sources although nobody rang, unless all ring; 10,000 ..
     *     1,000,000,000
     */
    public Doorbell(long longestSleepNanos) {
        if (longestSleepNanos < 10_000 || longestSleepNanos > 1_000_000_000) {
            throw new IllegalArgumentException("a longest sleep of " + longestSleepNanos + " ns");
        }
        this.longestSleepNanos = longestSleepNanos;
    }

    /**
     * Tells whether all the sources of the workers ring when they have something.
     *
     * @param all whether sleeps may grow; not at first
     */
    public void allRing(boolean all) {
        allRing = all;
    }

    /** Wakes the workers. Costs a volatile read while none sleeps. */
    public void ring() {
        if (asleep.get() > 0) {
            for (Map.Entry<Thread, Sleeper> entry : sleepers.entrySet()) {
                if (entry.getValue().announced) {
                    LockSupport.unpark(entry.getKey());
                }
            }
        }
    }

    @Override
    public void idle(int emptyRounds) {
        if (emptyRounds > 1 && emptyRounds <= SPINS) {
            Thread.onSpinWait();
            return;
        }
        final Sleeper sleeper = sleepers.computeIfAbsent(Thread.currentThread(), thread -> new Sleeper());
        if (emptyRounds == 1) {
            announce(sleeper, false);
        } else if (sleeper.announced) {
            LockSupport.parkNanos(this, sleepNanos(emptyRounds));
        } else {
            announce(sleeper, true);
        }
    }

    private long sleepNanos(int emptyRounds) {
        if (!allRing || emptyRounds < SPINS + EVEN_SLEEPS) {
            return longestSleepNanos;
        }
        final int doublings = Math.min(20, (emptyRounds - SPINS - EVEN_SLEEPS) / SLEEPS_A_STEP);
        return Math.max(longestSleepNanos, Math.min(LONG_SLEEP_NANOS, longestSleepNanos << doublings));
    }

    private void announce(Sleeper sleeper, boolean sleeping) {
        if (sleeper.announced != sleeping) {
            sleeper.announced = sleeping;
            asleep.addAndGet(sleeping ? 1 : -1);
        }
    }

    /** For the daemon's description of itself. */
    @Override
    public String toString() {
        return "woken by sources, asleep for " + longestSleepNanos / 1000 + " us at most";
    }

    /** Written by its own thread alone. */
    private static final class Sleeper {
        private volatile boolean announced;
    }
}
