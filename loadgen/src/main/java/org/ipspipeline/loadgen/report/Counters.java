package org.ipspipeline.loadgen.report;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of events of one thread, one for each constant of an enum. That thread alone adds; any thread reads, and sees each
 * count as it was a moment ago. Adding costs a plain store.
 *
 * @param <E> names the counts
 */
public final class Counters<E extends Enum<E>> {

    /** Longs on either side, so that no two threads' counts share a cache line or its neighbour. */
    private static final int PADDING = 16;

    private final AtomicLongArray counts;

    /**
     * Makes counts of zero.
     *
     * @param names the enum's class
     */
    public Counters(Class<E> names) {
        counts = new AtomicLongArray(names.getEnumConstants().length + 2 * PADDING);
    }

    /**
     * Adds; by the owning thread only.
     *
     * @param name of the count
     * @param more what is added
     */
    public void add(E name, long more) {
        int i = index(name);
        // Only this thread writes, so the plain read is its own last value; release keeps the store whole and in order.
        counts.setRelease(i, counts.getPlain(i) + more);
    }

    /**
     * Replaces a count that is kept elsewhere, such as in the kernel; by the owning thread only.
     *
     * @param name of the count
     * @param value its value
     */
    public void set(E name, long value) {
        counts.setRelease(index(name), value);
    }

    /**
     * {@return its value}
     *
     * @param name of the count
     */
    public long get(E name) {
        return counts.getAcquire(index(name));
    }

    /**
     * Adds up one count of several threads.
     *
     * @param threads their counts
     * @param name of the count
     * @param <E> names the counts
     * @return the sum
     */
    public static <E extends Enum<E>> long sum(Collection<Counters<E>> threads, E name) {
        return threads.stream().mapToLong(thread -> thread.get(name)).sum();
    }

    @SuppressWarnings("EnumOrdinal") // the fastest index into an array that never leaves this object
    private static int index(Enum<?> name) {
        return PADDING + name.ordinal();
    }
}
