package org.ipspipeline.bpf;

import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.NativeMemory;

/** Copies the entries of a map into another of the same layout, in batches. */
final class MapCopy {

    private static final int BATCH = 1024;

    private final BpfMap target;
    private final NativeMemory keys;
    private final NativeMemory values;
    private int pending;
    private int lost;

    private MapCopy(BpfMap target) {
        this.target = target;
        keys = new NativeMemory(BATCH * target.definition().keySize());
        values = new NativeMemory(BATCH * target.definition().valueSize());
    }

    /** Copies everything; returns how many entries did not fit. */
    static int copy(BpfMap source, BpfMap target) {
        MapCopy copy = new MapCopy(target);
        int keySize = target.definition().keySize();
        int valueSize = target.definition().valueSize();
        source.forEach((keys, key, values, value) -> {
            copy.keys.bytes().put(copy.pending * keySize, keys, key, keySize);
            copy.values.bytes().put(copy.pending * valueSize, values, value, valueSize);
            copy.pending++;
            if (copy.pending == BATCH) {
                copy.flush();
            }
        });
        copy.flush();
        return copy.lost;
    }

    private void flush() {
        lost += target.updateBatch(keys, values, pending, index -> {});
        pending = 0;
    }
}
