package org.ipspipeline.ips.ban;

/**
 * How much a {@link BanKeeper} holds.
 *
 * @param maxBans how many bans there can be at once; {@link BanKeeper#BYTES_A_BAN} bytes each, as they come
 * @param queue how many bans can be on their way from the workers, a power of two; workers wait while it is full
 */
public record KeeperOptions(int maxBans, int queue) {

    /** Default of {@link #maxBans()}. */
    public static final int DEFAULT_MAX_BANS = 1 << 20;

    /** Default of {@link #queue()}. */
    public static final int DEFAULT_QUEUE = 1 << 15;

    /** Checks the ranges. */
    public KeeperOptions {
        if (maxBans < 1) {
            throw new IllegalArgumentException("the number of bans must be at least 1, not " + maxBans);
        }
        if (queue < 2 || Integer.bitCount(queue) != 1) {
            throw new IllegalArgumentException("the queue must be a power of two, at least 2, not " + queue);
        }
    }

    /**
     * {@return room for a million bans}
     */
    public static KeeperOptions defaults() {
        return new KeeperOptions(DEFAULT_MAX_BANS, DEFAULT_QUEUE);
    }
}
