package org.ipspipeline.ips.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The memory of the failure table: buckets of four entries, two cache lines each.
 *
 * <pre>
 *   first line:   low 0..3     high 0..3       what every look-up compares
 *   second line:  state 0..3   origin 0..3     what a failure changes, see {@link EntryState}
 * </pre>
 *
 * <p>An entry is named by the index of its {@code low} word.
 */
final class Buckets {

    static final int WAYS = 4;
    static final int BYTES_AN_ENTRY = 32;

    /** An array has room for no more: 537 million entries, 16 GiB. */
    static final int MAX_COUNT = (Integer.MAX_VALUE - 64) / 16;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int WORDS = 16;
    private static final int HIGH = 4;
    private static final int STATE = 8;
    private static final int ORIGIN = 12;

    /** An array's elements begin 16 bytes into the object, and large objects at a region: six words on is a cache line. */
    private static final int START = 6;

    private final int count;
    private final long[] words;

    Buckets(int count) {
        this.count = count;
        this.words = new long[START + count * WORDS];
    }

    int count() {
        return count;
    }

    /** The first entry of a bucket; the others follow it. */
    static int entry(int bucket) {
        return START + bucket * WORDS;
    }

    boolean holds(int entry, long high, long low) {
        return words[entry] == low && words[entry + HIGH] == high;
    }

    int jail(int entry) {
        return EntryState.jail(words[entry + ORIGIN]);
    }

    long first(int entry) {
        return EntryState.first(words[entry + ORIGIN]);
    }

    /** Acquire: what is read from the entry afterwards is at least as new as this state. */
    long state(int entry) {
        return (long) WORD.getAcquire(words, entry + STATE);
    }

    /**
     * Whether the entry is still in this state, so that all that was read from it since belongs to it. Sound because whoever
     * writes the other words makes the entry busy first, and gives it another version or a later time afterwards.
     */
    boolean isStill(int entry, long state) {
        VarHandle.loadLoadFence();
        return words[entry + STATE] == state;
    }

    boolean change(int entry, long state, long next) {
        return WORD.compareAndSet(words, entry + STATE, state, next);
    }

    /** Only for the thread that made the entry busy. */
    void write(int entry, long high, long low) {
        words[entry] = low;
        words[entry + HIGH] = high;
    }

    /** Only for the thread that made the entry busy. */
    void writeOrigin(int entry, int jail, long first) {
        words[entry + ORIGIN] = EntryState.origin(jail, first);
    }

    /** Release: whoever sees this state sees what was written before. Only for the thread that made the entry busy. */
    void publish(int entry, long state) {
        WORD.setRelease(words, entry + STATE, state);
    }
}
