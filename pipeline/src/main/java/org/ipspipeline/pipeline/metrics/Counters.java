package org.ipspipeline.pipeline.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counters that one thread writes and others read, apart from whatever another thread writes.
 *
 * <p>Reads and writes are opaque: each counter only rises, and is read for its own sake, not for what happened before it.
 */
public final class Counters {

    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    /** Two cache lines on either side: the adjacent-line prefetcher of x86 fetches them in pairs. */
    private static final int PADDING = 128 / Long.BYTES;

    private final long[] values;

    /**
     * Makes counters that stand at 0.
     *
     * @param count how many
     */
    public Counters(int count) {
        values = new long[PADDING + count + PADDING];
    }

    /** Adds to a counter; for the writing thread alone. */
    public void add(int index, long amount) {
        VALUES.setOpaque(values, PADDING + index, values[PADDING + index] + amount);
    }

    /** Sets a counter; for the writing thread alone. */
    public void set(int index, long value) {
        VALUES.setOpaque(values, PADDING + index, value);
    }

    /** Reads a counter. */
    public long get(int index) {
        return (long) VALUES.getOpaque(values, PADDING + index);
    }
}
