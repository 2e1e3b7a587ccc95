package org.ipspipeline.ips.match.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a scan found, in the order of the ends: the number of a literal or an expression, and the index after its last byte. Of fixed
 * size: when it is full the scan stops, and can be taken up behind the last hit.
 *
 * <pre>
 *    0  count     how many hits there are
 *    8  capacity  how many there can be
 *   16  base      what is to be added to the ends that are reported
 *   24  hits      number (upper half) and end, as little-endian words of 8 bytes
 * </pre>
 *
 * <p>They lie in native memory, where {@link HitRecorder} puts them. {@link #onMatch} does the same in Java; it is called from native
 * code and must not throw, whatever it is given.
 */
public final class Hits {

    /** What {@link #onMatch} returns to go on, and to stop. */
    static final int GO_ON = 0;

    static final int STOP = 1;

    private static final int COUNT_AT = 0;
    private static final int CAPACITY_AT = 8;
    private static final int BASE_AT = 16;
    private static final int HITS_AT = 24;

    private final ByteBuffer memory;
    private final int capacity;

    /**
     * Makes an empty collection.
     *
     * @param capacity how many hits it holds, at least 1
     */
    public Hits(int capacity) {
        this.capacity = capacity;
        memory = ByteBuffer.allocateDirect(HITS_AT + capacity * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(CAPACITY_AT, capacity);
    }

    /** {@return how many hits there are} */
    public int count() {
        return (int) memory.getLong(COUNT_AT);
    }

    /** {@return how many hits there can be} */
    public int capacity() {
        return capacity;
    }

    /**
     * Tells what was found.
     *
     * @param hit 0 to {@link #count()} - 1
     * @return the number of the literal or expression
     */
    public int id(int hit) {
        return memory.getInt(HITS_AT + hit * Long.BYTES + Integer.BYTES);
    }

    /**
     * Tells where it ended.
     *
     * @param hit 0 to {@link #count()} - 1
     * @return the index after its last byte
     */
    public int end(int hit) {
        return memory.getInt(HITS_AT + hit * Long.BYTES);
    }

    /** Forgets all hits. */
    public void clear() {
        memory.putLong(COUNT_AT, 0);
    }

    /** Forgets, of those from {@code first} on, the ones that end after an index; returns whether there were any. They are the last. */
    boolean dropAfter(int first, int index) {
        int count = count();
        int kept = count;
        while (kept > first && end(kept - 1) > index) {
            kept--;
        }
        memory.putLong(COUNT_AT, kept);
        return kept < count;
    }

    /** Tells what is to be added to the ends that are reported from now on. */
    void startAt(int index) {
        memory.putLong(BASE_AT, index);
    }

    /** The memory that {@link HitRecorder} is to be given. */
    ByteBuffer memory() {
        return memory;
    }

    /** Takes a hit; its ends are relative to where the scan began. */
    int onMatch(int id, long from, long to, int flags, long context) {
        int count = count();
        if (count >= capacity) {
            return STOP;
        }
        int end = memory.getInt(BASE_AT) + (int) to;
        memory.putLong(HITS_AT + count * Long.BYTES, (long) id << 32 | Integer.toUnsignedLong(end));
        memory.putLong(COUNT_AT, count + 1L);
        return count + 1 == capacity ? STOP : GO_ON;
    }
}
