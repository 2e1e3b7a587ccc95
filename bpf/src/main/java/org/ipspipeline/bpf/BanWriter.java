package org.ipspipeline.bpf;

import java.util.concurrent.locks.StampedLock;
import java.util.function.IntConsumer;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.NativeMemory;
import org.jspecify.annotations.Nullable;

/**
 * Bans and unbans in batches: calls gather in memory of this writer's, and {@link #flush()} hands them to the kernel with
 * one system call for each map concerned. Calls take effect in their order. Allocates nothing after the first batch of
 * each kind.
 *
 * <p>For one thread: every thread that bans has its own.
 */
public final class BanWriter {

    /** How many bans of one kind are gathered before they are flushed by themselves. */
    public static final int CAPACITY = 1024;

    /** Is told of bans that had no room in the kernel. */
    @FunctionalInterface
    public interface RejectionHandler {

        /**
         * A ban is not in force, because its map is full.
         *
         * @param portSet as it was banned
         * @param high upper half of the address
         * @param low lower half of the address
         * @param prefixLength in the address's family
         */
        void rejected(int portSet, long high, long low, int prefixLength);
    }

    private final FilterMaps maps;
    private final Settings settings;
    private final StampedLock sweepLock;
    private final RejectionHandler handler;
    private final @Nullable Batch[] batches = new Batch[FilterMap.bans().length];
    private boolean unbanning;
    private int rejected;

    BanWriter(FilterMaps maps, Settings settings, StampedLock sweepLock, RejectionHandler handler) {
        this.maps = maps;
        this.settings = settings;
        this.sweepLock = sweepLock;
        this.handler = handler;
    }

    /**
     * Bans a prefix from everything, or gives its ban another expiry. The packets dropped by a ban count from here.
     *
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength in the address's family: 32 or 128 for an address
     * @param expiryNanos when it ends, on the clock of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for never
     * @throws IllegalArgumentException when the family has no such prefix length
     */
    public void ban(long high, long low, int prefixLength, long expiryNanos) {
        ban(XdpFilter.EVERYTHING, high, low, prefixLength, expiryNanos);
    }

    /**
     * Bans a prefix from a port set, or gives its ban another expiry. The packets dropped by a ban count from here.
     *
     * @param portSet the port set that it is banned from, or {@link XdpFilter#EVERYTHING}
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength in the address's family: 32 or 128 for an address
     * @param expiryNanos when it ends, on the clock of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for never
     * @throws IllegalArgumentException when the family has no such prefix length
     */
    public void ban(int portSet, long high, long low, int prefixLength, long expiryNanos) {
        if (unbanning) {
            flushAll();
            unbanning = false;
        }
        add(portSet, high, low, prefixLength, expiryNanos);
    }

    /**
     * Lifts the ban from everything of exactly this prefix; none is no error.
     *
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength as it was banned
     * @throws IllegalArgumentException when the family has no such prefix length
     */
    public void unban(long high, long low, int prefixLength) {
        unban(XdpFilter.EVERYTHING, high, low, prefixLength);
    }

    /**
     * Lifts the ban of exactly this prefix from a port set; none is no error.
     *
     * @param portSet as it was banned
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength as it was banned
     * @throws IllegalArgumentException when the family has no such prefix length
     */
    public void unban(int portSet, long high, long low, int prefixLength) {
        if (!unbanning) {
            flushAll();
            unbanning = true;
        }
        add(portSet, high, low, prefixLength, 0);
    }

    private void add(int portSet, long high, long low, int prefixLength, long expiryNanos) {
        FilterMap map = FilterMap.ofBan(portSet, high, low, prefixLength);
        Batch batch = batches[map.index()];
        if (batch == null) {
            batch = new Batch(map);
            batches[map.index()] = batch;
        }
        batch.add(portSet, high, low, prefixLength, expiryNanos);
        if (batch.count == CAPACITY) {
            flush(batch);
        }
    }

    /**
     * Hands everything gathered to the kernel: on return, it is in force.
     *
     * @return how many bans since the last flush had no room; the handler has been told which
     */
    public int flush() {
        flushAll();
        int result = rejected;
        rejected = 0;
        return result;
    }

    private void flushAll() {
        for (Batch batch : batches) {
            if (batch != null && batch.count > 0) {
                flush(batch);
            }
        }
    }

    private void flush(Batch batch) {
        int count = batch.count;
        batch.count = 0;
        BpfMap map = maps.of(batch.map);
        if (unbanning) {
            map.deleteBatch(batch.keys, count);
            return;
        }
        // Shared among writers; a sweep excludes them all while it removes what it has just found expired.
        long stamp = sweepLock.readLock();
        try {
            rejected += map.updateBatch(batch.keys, batch.values, count, batch.rejection);
        } finally {
            sweepLock.unlockRead(stamp);
        }
        settings.markFilled(batch.map);
    }

    private final class Batch {

        private final FilterMap map;
        private final NativeMemory keys;
        private final NativeMemory values;
        private final IntConsumer rejection = this::reject;
        private int count;

        private Batch(FilterMap map) {
            this.map = map;
            keys = new NativeMemory(CAPACITY * map.keySize());
            values = new NativeMemory(CAPACITY * map.valueSize());
        }

        private void add(int portSet, long high, long low, int prefixLength, long expiryNanos) {
            int key = count * map.keySize();
            map.putKey(keys.bytes(), key, portSet, high, low, prefixLength);
            map.putBan(values.bytes(), count * map.valueSize(), expiryNanos, keys.bytes(), key);
            count++;
        }

        private void reject(int index) {
            int at = index * map.keySize();
            handler.rejected(
                    map.portSet(keys.bytes(), at),
                    map.high(keys.bytes(), at),
                    map.low(keys.bytes(), at),
                    map.prefixLength(keys.bytes(), at));
        }
    }
}
