package org.ipspipeline.ips.enforce;

import java.util.BitSet;

/**
 * Bans on their way to an enforcer, in primitive arrays. A prefix is two longs and a length of the 128 bits of an IPv6
 * address, IPv4 being mapped: an IPv4 address has length 128 too, an IPv4 /24 has 120.
 *
 * <p>For one thread. Allocates nothing after construction.
 */
public final class BanBatch {

    /** In place of an end where bans and ends of bans stand side by side: the ban is lifted. */
    public static final long LIFTED = Long.MIN_VALUE;

    private final long[] high;
    private final long[] low;
    private final int[] prefixLength;
    private final long[] untilNanos;
    private final int[] jail;
    private final int[] portSet;
    private final int[] stamp;
    private final long[] sinceNanos;
    private final int[] failures;
    private final int[] times;
    private final BitSet restored;
    private final BitSet rejected;
    private int count;

    /**
     * @param capacity how many bans it holds
     */
    public BanBatch(int capacity) {
        high = new long[capacity];
        low = new long[capacity];
        prefixLength = new int[capacity];
        untilNanos = new long[capacity];
        jail = new int[capacity];
        portSet = new int[capacity];
        stamp = new int[capacity];
        sinceNanos = new long[capacity];
        failures = new int[capacity];
        times = new int[capacity];
        restored = new BitSet(capacity);
        rejected = new BitSet(capacity);
    }

    /**
     * Adds a ban.
     *
     * @param banHigh the prefix's upper half
     * @param banLow the prefix's lower half
     * @param banPrefixLength 0 to 128
     * @param banUntilNanos when it ends on the clock of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for never
     * @param banJail the jail's number
     * @param banStamp the stamp of the line that led to it; 0 for none
     * @return false, and nothing added, if the batch is full
     */
    public boolean add(long banHigh, long banLow, int banPrefixLength, long banUntilNanos, int banJail, int banStamp) {
        if (count == high.length) {
            return false;
        }
        high[count] = banHigh;
        low[count] = banLow;
        prefixLength[count] = banPrefixLength;
        untilNanos[count] = banUntilNanos;
        jail[count] = banJail;
        portSet[count] = PortSets.EVERYTHING;
        stamp[count] = banStamp;
        sinceNanos[count] = 0;
        failures[count] = 0;
        times[count] = 0;
        count++;
        return true;
    }

    /**
     * Says more of the ban that was added last, for enforcers that pass it on to people.
     *
     * @param banSinceNanos when it began
     * @param banFailures how many failures led to it
     * @param banTimes which ban of this prefix it is in its jail, from 1
     * @param banRestored whether it began before this process
     */
    public void describe(long banSinceNanos, int banFailures, int banTimes, boolean banRestored) {
        sinceNanos[count - 1] = banSinceNanos;
        failures[count - 1] = banFailures;
        times[count - 1] = banTimes;
        restored.set(count - 1, banRestored);
    }

    /**
     * Limits the ban that was added last to some ports.
     *
     * @param banPortSet a number of {@link PortSets}
     */
    public void limit(int banPortSet) {
        portSet[count - 1] = banPortSet;
    }

    /**
     * {@return how many bans it holds}
     */
    public int count() {
        return count;
    }

    /**
     * {@return whether it has no room left}
     */
    public boolean isFull() {
        return count == high.length;
    }

    /** Empties it. */
    public void clear() {
        count = 0;
        restored.clear();
        rejected.clear();
    }

    /**
     * {@return the prefix's upper half}
     *
     * @param index 0 to {@code count() - 1}, as everywhere here
     */
    public long high(int index) {
        return high[index];
    }

    /**
     * {@return the prefix's lower half}
     *
     * @param index of the ban
     */
    public long low(int index) {
        return low[index];
    }

    /**
     * {@return the prefix's length, 0 to 128}
     *
     * @param index of the ban
     */
    public int prefixLength(int index) {
        return prefixLength[index];
    }

    /**
     * {@return when it ends}
     *
     * @param index of the ban
     */
    public long untilNanos(int index) {
        return untilNanos[index];
    }

    /**
     * {@return the jail's number}
     *
     * @param index of the ban
     */
    public int jail(int index) {
        return jail[index];
    }

    /**
     * {@return the set of ports that it is for, or {@link PortSets#EVERYTHING}}
     *
     * @param index of the ban
     */
    public int portSet(int index) {
        return portSet[index];
    }

    /**
     * {@return the stamp of the line that led to it, 0 for none}
     *
     * @param index of the ban
     */
    public int stamp(int index) {
        return stamp[index];
    }

    /**
     * {@return when it began on the clock of {@link System#nanoTime()}; 0 if that was not said}
     *
     * @param index of the ban
     */
    public long sinceNanos(int index) {
        return sinceNanos[index];
    }

    /**
     * {@return how many failures led to it; 0 if that was not said}
     *
     * @param index of the ban
     */
    public int failures(int index) {
        return failures[index];
    }

    /**
     * {@return which ban of this prefix it is in its jail; 0 if that was not said}
     *
     * @param index of the ban
     */
    public int times(int index) {
        return times[index];
    }

    /**
     * {@return whether it began before this process}
     *
     * @param index of the ban
     */
    public boolean isRestored(int index) {
        return restored.get(index);
    }

    /**
     * Marks a ban that the enforcer did not take.
     *
     * @param index of the ban
     */
    public void reject(int index) {
        rejected.set(index);
    }

    /**
     * Marks the ban of a prefix that the enforcer did not take.
     *
     * @param banPortSet what it was for
     * @param banHigh the prefix's upper half
     * @param banLow the prefix's lower half
     * @param banPrefixLength 0 to 128
     */
    public void reject(int banPortSet, long banHigh, long banLow, int banPrefixLength) {
        for (int i = 0; i < count; i++) {
            if (high[i] == banHigh
                    && low[i] == banLow
                    && prefixLength[i] == banPrefixLength
                    && portSet[i] == banPortSet) {
                rejected.set(i);
            }
        }
    }

    /** Marks all bans as not taken. */
    public void rejectAll() {
        rejected.set(0, count);
    }

    /**
     * {@return whether the enforcer did not take it}
     *
     * @param index of the ban
     */
    public boolean isRejected(int index) {
        return rejected.get(index);
    }

    /**
     * {@return how many bans the enforcer did not take}
     */
    public int rejectedCount() {
        return rejected.cardinality();
    }
}
