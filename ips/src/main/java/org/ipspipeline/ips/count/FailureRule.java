package org.ipspipeline.ips.count;

import java.util.concurrent.TimeUnit;

/**
 * What a jail makes of failures: fail2ban's rule.
 *
 * <p>A failure within the find time of the last one adds to it; after a longer pause counting starts anew. Once the failures
 * reach back further than the find time, their number is scaled down to what their rate makes of the find time. A failure
 * that comes out of order counts, and moves no time. After the end of a ban counting starts at zero.
 *
 * <p>Immutable; shared by all threads.
 */
public final class FailureRule {

    /** A ban time without an end. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** The largest number of a jail; the one above stands for all of them. */
    public static final int MAX_JAIL = (1 << 16) - 2;

    /** The largest number of failures that a limit can ask for. */
    public static final int MAX_RETRY = EntryState.MAX_COUNT;

    /** The longest find time: 365 days. */
    public static final long MAX_FIND_TIME_NANOS = TimeUnit.DAYS.toNanos(365);

    private final int jail;
    private final int maxRetry;
    private final long banTimeNanos;
    private final long findTicks;
    private final long banTicks;

    /**
     * @param jail the jail's number, 0 to {@link #MAX_JAIL}
     * @param maxRetry how many failures within the find time ban an address, 1 to {@link #MAX_RETRY}
     * @param findTimeNanos how far back failures count, 1 ms to {@link #MAX_FIND_TIME_NANOS}
     * @param banTimeNanos how long a ban lasts, above zero, or {@link #FOREVER}
     * @throws IllegalArgumentException if one of them is out of its range; the message names it
     */
    public FailureRule(int jail, int maxRetry, long findTimeNanos, long banTimeNanos) {
        check(jail >= 0 && jail <= MAX_JAIL, "a jail's number must be 0 to " + MAX_JAIL + ", not ", jail);
        check(maxRetry >= 1 && maxRetry <= MAX_RETRY, "maxretry must be 1 to " + MAX_RETRY + ", not ", maxRetry);
        check(
                findTimeNanos >= EntryState.TICK_NANOS && findTimeNanos <= MAX_FIND_TIME_NANOS,
                "findtime must be 1 ms to 365 days, not (in ns) ",
                findTimeNanos);
        check(banTimeNanos > 0, "bantime must be above zero, not (in ns) ", banTimeNanos);
        this.jail = jail;
        this.maxRetry = maxRetry;
        this.banTimeNanos = banTimeNanos;
        this.findTicks = findTimeNanos / EntryState.TICK_NANOS;
        this.banTicks = Math.min(banTimeNanos / EntryState.TICK_NANOS, EntryState.MAX_TICK);
    }

    /**
     * The jail's number.
     *
     * @return 0 to {@link #MAX_JAIL}
     */
    public int jail() {
        return jail;
    }

    /**
     * How many failures within the find time ban.
     *
     * @return 1 to {@link #MAX_RETRY}
     */
    public int maxRetry() {
        return maxRetry;
    }

    /**
     * How long a first ban lasts.
     *
     * @return nanoseconds, or {@link #FOREVER}
     */
    public long banTimeNanos() {
        return banTimeNanos;
    }

    /**
     * When a ban that begins now ends.
     *
     * @param nowNanos on the clock of {@link System#nanoTime()}
     * @return on the same clock, or {@link #FOREVER}
     */
    public long bannedUntil(long nowNanos) {
        return banTimeNanos >= FOREVER - Math.max(nowNanos, 0) ? FOREVER : nowNanos + banTimeNanos;
    }

    /** When a ban that begins now ends, in ticks. */
    long until(long now) {
        return Math.min(now + banTicks, EntryState.MAX_TICK);
    }

    boolean isTooOld(long failed, long now) {
        return failed < now - findTicks;
    }

    /** The time of the last failure, this one included. */
    long last(long state, long failed) {
        return startsAnew(state, failed) ? failed : Math.max(failed, EntryState.time(state));
    }

    /** The time of the first failure that still counts, once this one is added. */
    long first(long state, long first, long failed) {
        if (startsAnew(state, failed)) {
            return failed;
        }
        return reachesBack(state, first, failed) ? failed - findTicks : first;
    }

    /** The number of failures, these included. */
    int count(long state, long first, long failed, int attempts) {
        long before = 0;
        if (!startsAnew(state, failed)) {
            before = EntryState.count(state);
            if (reachesBack(state, first, failed)) {
                before = (long) Math.rint((double) before * findTicks / (failed - first));
            }
        }
        return (int) Math.min(before + attempts, EntryState.MAX_COUNT);
    }

    private boolean startsAnew(long state, long failed) {
        return EntryState.kind(state) == EntryState.BANNED || failed - EntryState.time(state) >= findTicks;
    }

    private boolean reachesBack(long state, long first, long failed) {
        return failed > EntryState.time(state) && first < failed - findTicks;
    }

    private static void check(boolean holds, String message, long value) {
        if (!holds) {
            throw new IllegalArgumentException(message + value);
        }
    }
}
