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
 * <p>No ring is lost: a worker says that it will sleep, then looks once more at all its sources, and only then sleeps. Sources
 * that cannot ring, such as a shared-memory ring, are seen when the longest sleep is over.
 */
public final class Doorbell implements IdleStrategy {

    private static final int SPINS = 200;

    private final long longestSleepNanos;
    private final Map<Thread, Sleeper> sleepers = new ConcurrentHashMap<>();
    private final AtomicInteger asleep = new AtomicInteger();

    /**
     * Makes one for the workers of a pipeline.
     *
     * @param longestSleepNanos after which a worker looks at its sources although nobody rang; 10,000 .. 1,000,000,000
     */
    public Doorbell(long longestSleepNanos) {
        if (longestSleepNanos < 10_000 || longestSleepNanos > 1_000_000_000) {
            throw new IllegalArgumentException("a longest sleep of " + longestSleepNanos + " ns");
        }
        this.longestSleepNanos = longestSleepNanos;
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
            LockSupport.parkNanos(this, longestSleepNanos);
        } else {
            announce(sleeper, true);
        }
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
