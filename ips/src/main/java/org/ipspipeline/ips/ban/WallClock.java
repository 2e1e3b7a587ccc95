package org.ipspipeline.ips.ban;

import java.util.concurrent.TimeUnit;

/**
 * Turns times of {@link System#nanoTime()} into those of the calendar and back, by what both clocks said at one moment.
 *
 * @param wallMillis milliseconds since 1970
 * @param monotonicNanos what {@link System#nanoTime()} said
 */
public record WallClock(long wallMillis, long monotonicNanos) {

    /**
     * {@return what both clocks say now}
     */
    public static WallClock now() {
        return new WallClock(System.currentTimeMillis(), System.nanoTime());
    }

    /**
     * {@return a time in milliseconds since 1970}
     *
     * @param nanos on the clock of {@link System#nanoTime()}
     */
    public long millis(long nanos) {
        return wallMillis + TimeUnit.NANOSECONDS.toMillis(nanos - monotonicNanos);
    }

    /**
     * {@return a time on the clock of {@link System#nanoTime()}}
     *
     * @param millis since 1970
     */
    public long nanos(long millis) {
        return monotonicNanos + TimeUnit.MILLISECONDS.toNanos(millis - wallMillis);
    }
}
