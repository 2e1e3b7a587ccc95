package org.ipspipeline.ips.enforce.gate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipspipeline.ips.count.AddressHash;

/**
 * The mapped words of a gate, and how an entry is found. A prefix has its entry in one of two buckets, so that a table that is
 * a quarter full practically always has room for one more.
 *
 * <p>One thread writes at a time. Readers need no lock and never wait: when an entry changes hands its end becomes 0, then its
 * tag changes, then its prefix, then its end is set. So what a reader sees between two equal tags belongs together.
 */
final class GateTable {

    static final int NONE = -1;

    private static final int LENGTH_BITS = 8;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer bytes;
    private final AddressHash hash;
    private final int buckets;

    /** Over a mapping whose header has been checked. */
    GateTable(ByteBuffer bytes) {
        this.bytes = bytes;
        this.buckets = (int) get(GateDescriptor.BUCKETS_OFFSET);
        this.hash = AddressHash.of(get(GateDescriptor.KEY0_OFFSET), get(GateDescriptor.KEY1_OFFSET));
    }

    int entries() {
        return buckets * GateDescriptor.WAYS;
    }

    /** The offset of an entry by number. */
    static int entry(int number) {
        return GateDescriptor.HEADER_BYTES + number * GateDescriptor.ENTRY_BYTES;
    }

    int oneBucket(long high, long low, int length) {
        return bucket(hash.hash(high, low, length) >>> 32);
    }

    int otherBucket(long high, long low, int length) {
        return bucket(hash.hash(high, low, length) & 0xFFFF_FFFFL);
    }

    private int bucket(long hash32) {
        return GateDescriptor.HEADER_BYTES + (int) ((hash32 * buckets) >>> 32) * GateDescriptor.BUCKET_BYTES;
    }

    /** Whether a bucket has this prefix with an end after a time. */
    boolean holds(int bucket, long high, long low, int length, long nowNanos) {
        for (int entry = bucket; entry < bucket + GateDescriptor.BUCKET_BYTES; entry += GateDescriptor.ENTRY_BYTES) {
            long tag = (long) WORD.getAcquire(bytes, entry + GateDescriptor.TAG_OFFSET);
            if (until(entry) > nowNanos && isOf(entry, high, low, length)) {
                VarHandle.loadLoadFence();
                if (get(entry + GateDescriptor.TAG_OFFSET) == tag) {
                    return true;
                }
            }
        }
        return false;
    }

    /** For the writer: the entry of a prefix, ended or not, or NONE. */
    int find(int bucket, long high, long low, int length) {
        for (int entry = bucket; entry < bucket + GateDescriptor.BUCKET_BYTES; entry += GateDescriptor.ENTRY_BYTES) {
            if (until(entry) != 0 && isOf(entry, high, low, length)) {
                return entry;
            }
        }
        return NONE;
    }

    /** For the writer: how many entries of a bucket are free or have ended. */
    int room(int bucket, long nowNanos) {
        int room = 0;
        for (int entry = bucket; entry < bucket + GateDescriptor.BUCKET_BYTES; entry += GateDescriptor.ENTRY_BYTES) {
            room += until(entry) <= nowNanos ? 1 : 0;
        }
        return room;
    }

    /** For the writer: an entry of a bucket that is free or has ended, or NONE. */
    int place(int bucket, long nowNanos) {
        for (int entry = bucket; entry < bucket + GateDescriptor.BUCKET_BYTES; entry += GateDescriptor.ENTRY_BYTES) {
            if (until(entry) <= nowNanos) {
                return entry;
            }
        }
        return NONE;
    }

    private boolean isOf(int entry, long high, long low, int length) {
        return get(entry + GateDescriptor.LOW_OFFSET) == low
                && get(entry + GateDescriptor.HIGH_OFFSET) == high
                && length(entry) == length;
    }

    long high(int entry) {
        return get(entry + GateDescriptor.HIGH_OFFSET);
    }

    long low(int entry) {
        return get(entry + GateDescriptor.LOW_OFFSET);
    }

    int length(int entry) {
        return (int) get(entry + GateDescriptor.TAG_OFFSET) & LENGTH_MASK;
    }

    /** Acquire: what is read of the entry afterwards was written before this end, or later. */
    long until(int entry) {
        return (long) WORD.getAcquire(bytes, entry + GateDescriptor.UNTIL_OFFSET);
    }

    /** Release: a reader that sees this end sees the prefix that was written before it. */
    void until(int entry, long untilNanos) {
        WORD.setRelease(bytes, entry + GateDescriptor.UNTIL_OFFSET, untilNanos);
    }

    /** Gives an entry that has ended to another prefix. */
    void put(int entry, long high, long low, int length, long untilNanos) {
        long changes = get(entry + GateDescriptor.TAG_OFFSET) >>> LENGTH_BITS;
        until(entry, 0);
        VarHandle.storeStoreFence();
        set(entry + GateDescriptor.TAG_OFFSET, ((changes + 1) << LENGTH_BITS) | length);
        VarHandle.storeStoreFence();
        set(entry + GateDescriptor.LOW_OFFSET, low);
        set(entry + GateDescriptor.HIGH_OFFSET, high);
        until(entry, untilNanos);
    }

    /** The lengths of prefixes in use: 0 to 63, or 64 to 127. */
    long lengths(int half) {
        return (long) WORD.getAcquire(bytes, GateDescriptor.LENGTHS_OFFSET + half * Long.BYTES);
    }

    void addLength(int length) {
        int offset = GateDescriptor.LENGTHS_OFFSET + (length >>> 6) * Long.BYTES;
        WORD.setRelease(bytes, offset, get(offset) | (1L << length));
    }

    private long get(int offset) {
        return (long) WORD.get(bytes, offset);
    }

    private void set(int offset, long value) {
        WORD.set(bytes, offset, value);
    }
}
