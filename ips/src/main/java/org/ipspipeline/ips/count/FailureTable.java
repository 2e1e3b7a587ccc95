package org.ipspipeline.ips.count;

/**
 * Failures and bans of a bounded number of addresses, shared by all workers.
 *
 * <p>Each address and jail has an entry in one of two buckets of {@value Buckets#WAYS}, chosen by a keyed hash. Counting a
 * failure of a known address is one compare-and-set; a failure of a banned one only reads. An unknown address enters the
 * emptier of its buckets under their spin locks, and if both are full it takes the place of the address whose last failure
 * lies furthest back; banned addresses go last. Exactly one caller is told {@link Outcome#BANNED} for each ban of an entry.
 *
 * <p>The rule is fail2ban's, see {@link FailureRule}. When a ban has ended, counting starts at zero.
 *
 * <p>All times are ticks of 1 ms, see {@link #tick}. Allocates nothing after construction; {@value #BYTES_AN_ADDRESS}
 * bytes an address. Safe for use by any number of threads.
 */
public final class FailureTable {

    /** The bytes of memory for each of the addresses that a table is made for. */
    public static final int BYTES_AN_ADDRESS = Buckets.BYTES_AN_ENTRY * 3 / 2;

    /** The largest number of addresses that a table can be made for. */
    public static final int MAX_ADDRESSES = Buckets.MAX_COUNT / 3 * 2 * Buckets.WAYS;

    /** How far before its creation a table can tell times apart: a little more than the longest find time. */
    private static final long PAST_TICKS = 1L << 35;

    private static final int NONE = -1;

    private final Buckets buckets;
    private final BucketLocks locks = new BucketLocks();
    private final AddressHash hash;
    private final long originTicks;

    /**
     * Makes an empty table.
     *
     * @param addresses how many addresses the table has room for; half as many entries again make it all but sure (0.2 % go
     *     early when it is that full) that an address finds room in its buckets
     * @param hash where addresses go; {@link AddressHash#random()} for anything that strangers can fill
     * @param nowNanos the time on the clock of {@link System#nanoTime()}, from which failures may lie up to a year back
     */
    public FailureTable(int addresses, AddressHash hash, long nowNanos) {
        if (addresses < 1 || addresses > MAX_ADDRESSES) {
            throw new IllegalArgumentException(
                    "the tracked addresses must be 1 to " + MAX_ADDRESSES + ", not " + addresses);
        }
        this.buckets = new Buckets((int) ((addresses * 3L / 2 + Buckets.WAYS - 1) / Buckets.WAYS));
        this.hash = hash;
        this.originTicks = Math.floorDiv(nowNanos, EntryState.TICK_NANOS) - PAST_TICKS;
    }

    /**
     * How many entries there are: the most addresses that can ever be in the table at once.
     *
     * @return half as many again as the table was made for
     */
    public int capacity() {
        return buckets.count() * Buckets.WAYS;
    }

    /**
     * A time as the table counts it.
     *
     * @param nanos on the clock of {@link System#nanoTime()}, or {@link FailureRule#FOREVER}
     * @return milliseconds since the table's origin, within what an entry can hold
     */
    long tick(long nanos) {
        long tick = Math.floorDiv(nanos, EntryState.TICK_NANOS) - originTicks;
        return tick < 0 ? 0 : Math.min(tick, EntryState.MAX_TICK);
    }

    /**
     * Counts failures of an address.
     *
     * @param high the address's upper half
     * @param low the address's lower half
     * @param rule the jail's rule
     * @param attempts how many failures these are, at least 1
     * @param failed when they happened
     * @param written when their line was written: before the end of a ban it belongs to that ban, from then on it counts
     * @param now the time from which a ban runs
     * @param tally told whether an entry was taken, and from whom
     * @return never {@link Outcome#TOO_OLD}
     */
    Outcome fail(
            long high,
            long low,
            FailureRule rule,
            int attempts,
            long failed,
            long written,
            long now,
            FailureTally tally) {
        long place = hash.hash(high, low, rule.jail());
        for (int tries = 0; ; tries++) {
            int entry = find(place, high, low, rule.jail());
            if (entry == NONE) {
                int count = Math.min(attempts, EntryState.MAX_COUNT);
                boolean bans = count >= rule.maxRetry();
                long state = bans
                        ? EntryState.of(EntryState.BANNED, count, rule.until(now))
                        : EntryState.of(EntryState.COUNTING, count, failed);
                if (enter(place, high, low, rule.jail(), state, failed, now, tally)) {
                    return bans ? Outcome.BANNED : Outcome.COUNTED;
                }
                continue;
            }
            long state = buckets.state(entry);
            long first = buckets.first(entry);
            if (!isOf(entry, high, low, rule.jail()) || !buckets.isStill(entry, state)) {
                continue;
            }
            switch (EntryState.kind(state)) {
                case EntryState.BANNED -> {
                    if (written < EntryState.time(state)) {
                        return Outcome.ALREADY_BANNED;
                    }
                }
                case EntryState.COUNTING -> {}
                default -> {
                    Spins.pause(tries);
                    continue;
                }
            }
            long newFirst = rule.first(state, first, failed);
            int count = rule.count(state, first, failed, attempts);
            boolean bans = count >= rule.maxRetry();
            long next = bans
                    ? EntryState.next(state, EntryState.BANNED, count, rule.until(now))
                    : EntryState.next(state, EntryState.COUNTING, count, rule.last(state, failed));
            boolean changed = (bans || newFirst == first)
                    ? buckets.change(entry, state, next)
                    : changeWithFirst(entry, state, next, rule.jail(), newFirst);
            if (changed) {
                return bans ? Outcome.BANNED : Outcome.COUNTED;
            }
        }
    }

    /**
     * Notes a ban that was not decided by counting, or that lasts longer than counting knew.
     *
     * @param high the address's upper half
     * @param low the address's lower half
     * @param jail the jail's number
     * @param untilNanos the end of the ban on the clock of {@link System#nanoTime()}, or {@link FailureRule#FOREVER}
     * @param nowNanos the time on the same clock
     */
    public void ban(long high, long low, int jail, long untilNanos, long nowNanos) {
        long place = hash.hash(high, low, jail);
        long until = tick(untilNanos);
        while (true) {
            int entry = find(place, high, low, jail);
            boolean done = entry == NONE
                    ? enter(
                            place,
                            high,
                            low,
                            jail,
                            EntryState.of(EntryState.BANNED, 0, until),
                            until,
                            tick(nowNanos),
                            FailureTally.IGNORED)
                    : replace(entry, high, low, jail, EntryState.BANNED, until);
            if (done) {
                return;
            }
        }
    }

    /**
     * Forgets an address: its next failure is its first.
     *
     * @param high the address's upper half
     * @param low the address's lower half
     * @param jail the jail's number
     */
    public void forget(long high, long low, int jail) {
        long place = hash.hash(high, low, jail);
        int entry;
        do {
            entry = find(place, high, low, jail);
        } while (entry != NONE && !replace(entry, high, low, jail, EntryState.FREE, 0));
    }

    /**
     * Counts the addresses in the table by looking at every entry: for reports, not for the hot path.
     *
     * @return addresses that are being counted or banned, the expired ones included until their places are taken
     */
    public int tracked() {
        int tracked = 0;
        for (int bucket = 0; bucket < buckets.count(); bucket++) {
            int entry = Buckets.entry(bucket);
            for (int way = 0; way < Buckets.WAYS; way++) {
                if (EntryState.kind(buckets.state(entry + way)) != EntryState.FREE) {
                    tracked++;
                }
            }
        }
        return tracked;
    }

    /**
     * Counts the addresses of a jail whose failures still count, by looking at every entry: for reports.
     *
     * @param rule the jail's
     * @param nowNanos the time on the clock of {@link System#nanoTime()}
     * @return addresses below the limit whose last failure lies within the find time
     */
    public int counting(FailureRule rule, long nowNanos) {
        long now = tick(nowNanos);
        int counting = 0;
        for (int bucket = 0; bucket < buckets.count(); bucket++) {
            int entry = Buckets.entry(bucket);
            for (int way = 0; way < Buckets.WAYS; way++) {
                long state = buckets.state(entry + way);
                if (EntryState.kind(state) == EntryState.COUNTING
                        && buckets.jail(entry + way) == rule.jail()
                        && !rule.isTooOld(EntryState.time(state), now)) {
                    counting++;
                }
            }
        }
        return counting;
    }

    private int first(long place) {
        return AddressHash.index(place, buckets.count());
    }

    private int second(long place) {
        return AddressHash.index(place << 32, buckets.count());
    }

    private int find(long place, long high, long low, int jail) {
        int entry = findIn(first(place), high, low, jail);
        return entry == NONE ? findIn(second(place), high, low, jail) : entry;
    }

    private int findIn(int bucket, long high, long low, int jail) {
        int first = Buckets.entry(bucket);
        for (int entry = first; entry < first + Buckets.WAYS; entry++) {
            if (isOf(entry, high, low, jail) && EntryState.kind(buckets.state(entry)) != EntryState.FREE) {
                return entry;
            }
        }
        return NONE;
    }

    private boolean isOf(int entry, long high, long low, int jail) {
        return buckets.holds(entry, high, low) && buckets.jail(entry) == jail;
    }

    private boolean changeWithFirst(int entry, long state, long next, int jail, long first) {
        if (!buckets.change(entry, state, EntryState.busy(state))) {
            return false;
        }
        buckets.writeOrigin(entry, jail, first);
        buckets.publish(entry, EntryState.succeeding(state, next));
        return true;
    }

    /** Moves an entry of this address to another kind; false if it is not this address's any more, or is just changing. */
    private boolean replace(int entry, long high, long low, int jail, int kind, long time) {
        long state = buckets.state(entry);
        if (EntryState.kind(state) == EntryState.BUSY) {
            return false;
        }
        return isOf(entry, high, low, jail)
                && buckets.change(entry, state, EntryState.next(state, kind, EntryState.count(state), time));
    }

    /** Gives an address an entry, unless another thread just did: false means look it up again. */
    private boolean enter(
            long place, long high, long low, int jail, long state, long first, long now, FailureTally tally) {
        int one = first(place);
        int other = second(place);
        locks.lock(one, other);
        try {
            if (find(place, high, low, jail) != NONE) {
                return false;
            }
            int entry = victim(one, other, now);
            long old = buckets.state(entry);
            if (EntryState.kind(old) == EntryState.BUSY || !buckets.change(entry, old, EntryState.busy(old))) {
                return false;
            }
            buckets.write(entry, high, low);
            buckets.writeOrigin(entry, jail, first);
            buckets.publish(entry, EntryState.succeeding(old, state));
            tally.entered(EntryState.kind(old) != EntryState.FREE);
            return true;
        } finally {
            locks.unlock(one, other);
        }
    }

    /** The entry to give to a new address: in the emptier bucket, and where neither has room the one whose loss costs least. */
    private int victim(int one, int other, long now) {
        int free = free(one) >= free(other) ? one : other;
        int entry = stalest(free, now);
        if (worth(entry, now) == 0) {
            return entry;
        }
        int alternative = stalest(free == one ? other : one, now);
        return worth(alternative, now) < worth(entry, now) ? alternative : entry;
    }

    private int free(int bucket) {
        int first = Buckets.entry(bucket);
        int free = 0;
        for (int entry = first; entry < first + Buckets.WAYS; entry++) {
            free += worth(entry, 0) == 0 ? 1 : 0;
        }
        return free;
    }

    private int stalest(int bucket, long now) {
        int stalest = Buckets.entry(bucket);
        for (int entry = stalest + 1; entry < Buckets.entry(bucket) + Buckets.WAYS; entry++) {
            if (worth(entry, now) < worth(stalest, now)) {
                stalest = entry;
            }
        }
        return stalest;
    }

    /** Nothing for a free entry, then the later the last failure or the end of an ended ban, then bans by their end. */
    private long worth(int entry, long now) {
        long state = buckets.state(entry);
        long time = EntryState.time(state) + 1;
        return switch (EntryState.kind(state)) {
            case EntryState.FREE -> 0;
            case EntryState.COUNTING -> time;
            case EntryState.BANNED -> time <= now ? time : EntryState.MAX_TICK + time;
            default -> Long.MAX_VALUE;
        };
    }
}
