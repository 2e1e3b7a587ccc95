package org.ipspipeline.ips.count;

/**
 * The layout of the two words beside a tracked address. Everything that changes with a failure is in the first, so that one
 * compare-and-set moves an entry from one state to the next:
 *
 * <pre>
 *   state   63                    26 25              8 7    6 5        0
 *          +------------------------+-----------------+------+----------+
 *          | time in ticks (38)     | failures (18)   | kind | version  |
 *          +------------------------+-----------------+------+----------+
 *   origin  63            54 53                                16 15    0
 *          +----------------+------------------------------------+------+
 *          | 0              | first failure in ticks (38)        | jail |
 *          +----------------+------------------------------------+------+
 * </pre>
 *
 * <p>The time is that of the last failure while the address is counted, and the end of the ban while it is banned. The
 * version changes with every new address in the entry, so that a thread that was held up between reading an entry and
 * changing it cannot mistake the new address for the old one.
 */
final class EntryState {

    /** A tick: 1 ms, finer than any log's time stamps; 38 bits of them are 8.7 years. */
    static final long TICK_NANOS = 1_000_000;

    /** The last tick; as the end of a ban it means that the ban has none. */
    static final long MAX_TICK = (1L << 38) - 1;

    static final int MAX_COUNT = (1 << 18) - 1;

    /** Never used, or given up: its address means nothing. */
    static final int FREE = 0;

    /** Failures are being counted. */
    static final int COUNTING = 1;

    /** Banned until the time. */
    static final int BANNED = 2;

    /** One thread is writing the other words; nobody else may read or write them. */
    static final int BUSY = 3;

    private static final int KIND_SHIFT = 6;
    private static final int COUNT_SHIFT = 8;
    private static final int TIME_SHIFT = 26;
    private static final int FIRST_SHIFT = 16;
    private static final long VERSION_MASK = (1 << KIND_SHIFT) - 1;
    private static final long JAIL_MASK = (1 << FIRST_SHIFT) - 1;

    private EntryState() {}

    static int kind(long state) {
        return (int) (state >>> KIND_SHIFT) & 3;
    }

    static int count(long state) {
        return (int) (state >>> COUNT_SHIFT) & MAX_COUNT;
    }

    static long time(long state) {
        return state >>> TIME_SHIFT;
    }

    /** The state of an entry that nobody knows yet. */
    static long of(int kind, int count, long time) {
        return next(0, kind, count, time);
    }

    /** The same entry's next state. */
    static long next(long state, int kind, int count, long time) {
        return (time << TIME_SHIFT)
                | ((long) count << COUNT_SHIFT)
                | ((long) kind << KIND_SHIFT)
                | (state & VERSION_MASK);
    }

    /** The entry while its other words change. */
    static long busy(long state) {
        return ((long) BUSY << KIND_SHIFT) | versionAfter(state);
    }

    /** A state with the version that follows another's. */
    static long succeeding(long state, long next) {
        return (next & ~VERSION_MASK) | versionAfter(state);
    }

    private static long versionAfter(long state) {
        return (state + 1) & VERSION_MASK;
    }

    static long origin(int jail, long first) {
        return (first << FIRST_SHIFT) | jail;
    }

    static int jail(long origin) {
        return (int) (origin & JAIL_MASK);
    }

    static long first(long origin) {
        return origin >>> FIRST_SHIFT;
    }
}
