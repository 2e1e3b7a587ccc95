package org.ipspipeline.ips.ban;

import java.util.Arrays;

/**
 * Timers by number, each set, cancelled and fired in constant time: a hierarchical timing wheel of four levels of 256 slots.
 * A tick is 8.4 ms; a timer fires in the first tick that ends at or after its deadline, never early.
 *
 * <pre>
 *   level 0: 256 slots of 1 tick        the next 2.1 s
 *   level 1: 256 slots of 256 ticks     the next 9 minutes
 *   level 2: 256 slots of 65,536 ticks  the next 39 hours
 *   level 3: 256 slots of 2^24 ticks    the next 417 days; later ones wait in its last slot and are sorted in again
 * </pre>
 *
 * <p>A slot is a doubly linked list of timers through two arrays of ints, in which the slots' heads come first. 16 bytes a
 * timer. For one thread.
 */
final class TimingWheel {

    /** Is told which timer has come due. */
    @FunctionalInterface
    interface Expiry {
        /** May set this timer anew and set or cancel others. */
        void expired(int timer);
    }

    static final int TICK_SHIFT = 23;

    private static final int LEVELS = 4;
    private static final int LEVEL_BITS = 8;
    private static final int SLOTS = 1 << LEVEL_BITS;
    private static final int HEADS = LEVELS * SLOTS;
    private static final int NOT_SET = -1;
    private static final long REACH = (1L << (LEVELS * LEVEL_BITS)) - 1;

    private final long origin;
    private int[] next = new int[2 * HEADS];
    private int[] previous = new int[2 * HEADS];
    private long[] due = new long[HEADS];
    private long tick;
    private int size;

    /**
     * @param nowNanos the time at the start, on the clock of all deadlines
     */
    TimingWheel(long nowNanos) {
        origin = nowNanos;
        Arrays.fill(next, NOT_SET);
        for (int head = 0; head < HEADS; head++) {
            next[head] = head;
            previous[head] = head;
        }
    }

    /** How many timers are set. */
    int size() {
        return size;
    }

    /** Sets a timer, or sets it anew. */
    void set(int timer, long deadlineNanos) {
        cancel(timer);
        grow(timer);
        long sinceOrigin = Math.max(deadlineNanos - origin, 0);
        long dueTick = (sinceOrigin >>> TICK_SHIFT) + ((sinceOrigin & ((1 << TICK_SHIFT) - 1)) == 0 ? 0 : 1);
        due[timer] = Math.max(dueTick, tick + 1);
        link(timer);
        size++;
    }

    /** Cancels a timer; one that is not set is no error. */
    void cancel(int timer) {
        int node = timer + HEADS;
        if (node < next.length && next[node] != NOT_SET) {
            unlink(node);
            size--;
        }
    }

    /** Fires all timers that are due, tick by tick. */
    void advance(long nowNanos, Expiry expiry) {
        long target = (nowNanos - origin) >> TICK_SHIFT;
        while (tick < target) {
            if (size == 0) {
                tick = target;
                return;
            }
            tick++;
            for (int level = 1; level < LEVELS && slotOf(tick, level - 1) == 0; level++) {
                sortIn(level);
            }
            fire(expiry);
        }
    }

    private void fire(Expiry expiry) {
        int head = slotOf(tick, 0);
        while (next[head] != head) {
            int node = next[head];
            unlink(node);
            size--;
            expiry.expired(node - HEADS);
        }
    }

    /** Takes the timers of the slot that begins now to the level below, where they are told apart more finely. */
    private void sortIn(int level) {
        int head = level * SLOTS + slotOf(tick, level);
        int node = next[head];
        next[head] = head;
        previous[head] = head;
        while (node != head) {
            int following = next[node];
            link(node - HEADS);
            node = following;
        }
    }

    private void link(int timer) {
        long ahead = due[timer] - tick;
        long dueTick = ahead > REACH ? tick + REACH : due[timer];
        int level = ahead < SLOTS ? 0 : Math.min((63 - Long.numberOfLeadingZeros(ahead)) / LEVEL_BITS, LEVELS - 1);
        int head = level * SLOTS + slotOf(dueTick, level);
        int node = timer + HEADS;
        int last = previous[head];
        next[last] = node;
        previous[node] = last;
        next[node] = head;
        previous[head] = node;
    }

    private void unlink(int node) {
        next[previous[node]] = next[node];
        previous[next[node]] = previous[node];
        next[node] = NOT_SET;
    }

    private static int slotOf(long atTick, int level) {
        return (int) (atTick >>> (level * LEVEL_BITS)) & (SLOTS - 1);
    }

    private void grow(int timer) {
        if (timer >= due.length) {
            int length = Math.max(timer + 1, due.length * 2);
            due = Arrays.copyOf(due, length);
            int before = next.length;
            next = Arrays.copyOf(next, HEADS + length);
            previous = Arrays.copyOf(previous, HEADS + length);
            Arrays.fill(next, before, next.length, NOT_SET);
        }
    }
}
