package org.ipspipeline.bpf;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.StampedLock;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.NativeMemory;

/**
 * Removes expired bans from one map. What has expired is found first, without keeping anybody waiting; then, a few at a
 * time and with writers kept out, what has not been banned anew since then is removed.
 */
final class Sweep {

    /** Removed under one hold of the lock: writers wait a few hundred microseconds at most. */
    private static final int SLICE = 256;

    private final BpfMap map;
    private final StampedLock lock;
    private final long now;
    private final KeyList expired;
    private final NativeMemory key;
    private final NativeMemory value;
    private final NativeMemory removals;

    private Sweep(FilterMap filter, BpfMap map, StampedLock lock, long nowNanos) {
        this.map = map;
        this.lock = lock;
        this.now = nowNanos;
        expired = new KeyList(filter);
        key = new NativeMemory(filter.keySize());
        value = new NativeMemory(filter.valueSize());
        removals = new NativeMemory(SLICE * filter.keySize());
    }

    /** Returns how many bans were removed. */
    static int run(FilterMap filter, BpfMap map, StampedLock lock, long nowNanos) {
        return new Sweep(filter, map, lock, nowNanos).run();
    }

    private int run() {
        map.forEach((keys, key, values, value) -> {
            if (hasExpired(values, value)) {
                expired.add(keys, key);
            }
        });
        int removed = 0;
        for (int start = 0; start < expired.count(); start += SLICE) {
            removed += removeSlice(start, Math.min(start + SLICE, expired.count()));
        }
        return removed;
    }

    private boolean hasExpired(ByteBuffer values, int at) {
        return values.getLong(at + FilterMap.EXPIRY) <= now;
    }

    private int removeSlice(int start, int end) {
        int count = 0;
        long stamp = lock.writeLock();
        try {
            for (int i = start; i < end; i++) {
                expired.copy(i, key, 0);
                if (map.lookup(key, value) && hasExpired(value.bytes(), 0)) {
                    expired.copy(i, removals, count);
                    count++;
                }
            }
            return count - map.deleteBatch(removals, count);
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
