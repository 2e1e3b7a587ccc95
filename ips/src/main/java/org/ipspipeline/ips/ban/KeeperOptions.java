package org.ipspipeline.ips.ban;

import java.util.concurrent.TimeUnit;

/**
 * How much a {@link BanKeeper} holds. Immutable: each {@code with} method returns a changed copy.
 *
 * @param maxBans how many bans there can be at once; {@link BanKeeper#BYTES_A_BAN} bytes each, most of it as they come
 * @param queue how many bans can be on their way from the workers, a power of two; workers wait while it is full
 * @param maxPast of how many clients earlier bans are remembered, for jails whose bans grow; 40 bytes each, taken at once; a jail and
 *     all jails together are two
 * @param pastNanos for how long they are remembered: fail2ban's {@code dbpurgeage}
 */
public record KeeperOptions(int maxBans, int queue, int maxPast, long pastNanos) {

    /** Default of {@link #maxBans()}. */
    public static final int DEFAULT_MAX_BANS = 1 << 20;

    /** Default of {@link #queue()}. */
    public static final int DEFAULT_QUEUE = 1 << 15;

    /** Default of {@link #maxPast()}. */
    public static final int DEFAULT_MAX_PAST = 1 << 16;

    /** Default of {@link #pastNanos()}: a day. */
    public static final long DEFAULT_PAST_NANOS = TimeUnit.DAYS.toNanos(1);

    private static final int MAX = 1 << 28;

    /** Checks the ranges. */
    public KeeperOptions {
        check(maxBans >= 1 && maxBans <= MAX, "the number of bans must be 1 to " + MAX + ", not " + maxBans);
        check(queue >= 2 && Integer.bitCount(queue) == 1, "the queue must be a power of two above 1, not " + queue);
        check(
                maxPast >= 1 && maxPast <= MAX,
                "the number of remembered clients must be 1 to " + MAX + ", not " + maxPast);
        check(pastNanos > 0, "the time that bans are remembered must be above zero, not (in ns) " + pastNanos);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * {@return room for a million bans, and a day's memory of 65,536 clients}
     */
    public static KeeperOptions defaults() {
        return new KeeperOptions(DEFAULT_MAX_BANS, DEFAULT_QUEUE, DEFAULT_MAX_PAST, DEFAULT_PAST_NANOS);
    }

    /**
     * Sets {@link #maxBans()}.
     *
     * @param bans at least 1
     * @return a changed copy
     */
    public KeeperOptions withMaxBans(int bans) {
        return new KeeperOptions(bans, queue, maxPast, pastNanos);
    }

    /**
     * Sets {@link #queue()}.
     *
     * @param notices a power of two
     * @return a changed copy
     */
    public KeeperOptions withQueue(int notices) {
        return new KeeperOptions(maxBans, notices, maxPast, pastNanos);
    }

    /**
     * Sets {@link #maxPast()} and {@link #pastNanos()}.
     *
     * @param clients at least 1
     * @param nanos above zero
     * @return a changed copy
     */
    public KeeperOptions withPast(int clients, long nanos) {
        return new KeeperOptions(maxBans, queue, clients, nanos);
    }
}
