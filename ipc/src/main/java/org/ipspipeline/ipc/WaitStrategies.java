package org.ipspipeline.ipc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The ways to wait, from the fastest to the most frugal. */
public final class WaitStrategies {

    private static final int SPINS = 1000;
    private static final int YIELDS = 100;
    /** How often a spinning thread looks at the clock and its interrupt flag. */
    private static final int CLOCK_MASK = 63;

    private static final long SHORTEST_SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private WaitStrategies() {}

    /** Looks again and again: for a thread with a processor of its own. Lines are seen within a cache miss. */
    public static WaitStrategy busySpin() {
        return (lines, timeout) -> {
            final Deadline deadline = new Deadline(timeout);
            for (int i = 0; !lines.hasLines(); i++) {
                if ((i & CLOCK_MASK) == 0 && deadline.isOver()) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return true;
        };
    }

    /** Spins shortly, then lets other threads run first. */
    public static WaitStrategy yielding() {
        return (lines, timeout) -> {
            final Deadline deadline = new Deadline(timeout);
            while (!spinAndYield(lines)) {
                if (deadline.isOver()) {
                    return false;
                }
            }
            return true;
        };
    }

    /** Spins and yields shortly, then sleeps, at first 20 us at a time and up to 500 us. Needs no help of writers. */
    public static WaitStrategy parking() {
        return (lines, timeout) -> {
            final Deadline deadline = new Deadline(timeout);
            long sleep = SHORTEST_SLEEP_NANOS;
            boolean ready = spinAndYield(lines);
            while (!ready && !deadline.isOver()) {
                LockSupport.parkNanos(Math.min(sleep, Math.max(1, deadline.remaining())));
                sleep = Math.min(2 * sleep, LONGEST_SLEEP_NANOS);
                ready = lines.hasLines();
            }
            return ready;
        };
    }

    /**
     * Spins and yields shortly, then sleeps in the kernel until a writer wakes it: no processor time while idle, lines
     * seen after some tens of microseconds. Where a segment's writer cannot wake readers, or this process lacks jnr-ffi,
     * it sleeps as {@link #parking} does.
     */
    public static WaitStrategy futex() {
        return (lines, timeout) -> {
            final Deadline deadline = new Deadline(timeout);
            boolean ready = spinAndYield(lines);
            while (!ready && !deadline.isOver()) {
                ready = lines.sleep(Math.max(1, deadline.remaining()));
            }
            return ready;
        };
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static boolean spinAndYield(RangeReader lines) {
        for (int i = 0; i < SPINS; i++) {
            if (lines.hasLines()) {
                return true;
            }
            Thread.onSpinWait();
        }
        for (int i = 0; i < YIELDS; i++) {
            if (lines.hasLines()) {
                return true;
            }
            Thread.yield();
        }
        return false;
    }

    /** A moment in the future; a thread's interrupt makes it come at once. */
    private static final class Deadline {
        private final long end;

        private Deadline(long timeoutNanos) {
            // Far timeouts end after 146 years instead of in the past.
            this.end = System.nanoTime() + Math.min(timeoutNanos, Long.MAX_VALUE / 2);
        }

        private long remaining() {
            return end - System.nanoTime();
        }

        private boolean isOver() {
            return remaining() <= 0 || Thread.currentThread().isInterrupted();
        }
    }
}
