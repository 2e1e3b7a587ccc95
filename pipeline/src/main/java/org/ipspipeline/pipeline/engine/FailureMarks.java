package org.ipspipeline.pipeline.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which events in a ring have failed, so that later stages pass them over.
 *
 * <p>A slot keeps the sequence that failed in it: the mark ends by itself when the slot is used again, and events that do
 * not fail never write here. A mark is written before the group's progress is released and read after that has been acquired,
 * so plain accesses do. Parallel branches may fail on the same event at once: an exchange tells which was the first.
 */
final class FailureMarks {

    private static final VarHandle SEQUENCES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] sequences;
    private final int mask;
    private final AtomicLong count = new AtomicLong();

    /** Whether a mark was ever written: keeps the array of marks out of the caches of pipelines that never fail. */
    private boolean any;

    FailureMarks(int ringSize) {
        sequences = new long[ringSize];
        java.util.Arrays.fill(sequences, -1);
        mask = ringSize - 1;
    }

    boolean isMarked(long sequence) {
        return any && sequences[(int) sequence & mask] == sequence;
    }

    void mark(long sequence) {
        any = true;
        long before = (long) SEQUENCES.getAndSet(sequences, (int) sequence & mask, sequence);
        if (before != sequence) {
            count.incrementAndGet();
        }
    }

    /** How many events have failed. */
    long count() {
        return count.get();
    }
}
