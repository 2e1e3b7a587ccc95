package org.ipspipeline.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.NativeMemory;

/** Keys of one map, put aside while the map is visited. Grows as needed. */
final class KeyList {

    private static final int INITIAL = 256;
    private static final int BATCH = 1024;

    private final int keySize;
    private ByteBuffer keys;
    private int count;

    KeyList(FilterMap filter) {
        keySize = filter.keySize();
        keys = ByteBuffer.allocate(INITIAL * keySize).order(ByteOrder.nativeOrder());
    }

    int count() {
        return count;
    }

    void add(ByteBuffer from, int at) {
        int end = Math.multiplyExact(count, keySize);
        if (end == keys.capacity()) {
            keys = ByteBuffer.allocate(Math.multiplyExact(end, 2))
                    .order(ByteOrder.nativeOrder())
                    .put(0, keys, 0, end);
        }
        keys.put(end, from, at, keySize);
        count++;
    }

    KeyList addAll(BpfMap map) {
        map.forEach((from, key, values, value) -> add(from, key));
        return this;
    }

    /** Copies one key to a place in memory. */
    void copy(int index, NativeMemory to, int position) {
        to.bytes().put(position * keySize, keys, index * keySize, keySize);
    }

    /** Removes the keys' entries; returns how many were there. */
    int removeFrom(BpfMap map) {
        NativeMemory batch = new NativeMemory(BATCH * keySize);
        int removed = 0;
        for (int start = 0; start < count; start += BATCH) {
            int length = Math.min(BATCH, count - start);
            batch.bytes().put(0, keys, start * keySize, length * keySize);
            removed += length - map.deleteBatch(batch, length);
        }
        return removed;
    }
}
