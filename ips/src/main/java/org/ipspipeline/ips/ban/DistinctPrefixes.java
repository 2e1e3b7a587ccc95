package org.ipspipeline.ips.ban;

import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;
import org.ipspipeline.ips.count.AddressHash;

/**
 * How many different prefixes there have been, in bounded memory: exactly up to a number, then by HyperLogLog, whose standard
 * error with 16,384 registers is 0.8 %. For one thread.
 */
final class DistinctPrefixes {

    private static final int INDEX_BITS = 14;
    private static final int REGISTERS = 1 << INDEX_BITS;

    private final AddressHash hash = AddressHash.random();
    private final LongHashSet exact = new LongHashSet();
    private final byte[] registers = new byte[REGISTERS];
    private final int exactLimit;

    /**
     * @param exactLimit how many are counted exactly, at 16 bytes each
     */
    DistinctPrefixes(int exactLimit) {
        this.exactLimit = exactLimit;
    }

    void add(long high, long low, int prefixLength) {
        long hashed = hash.hash(high, low, prefixLength);
        if (exact.size() < exactLimit) {
            exact.add(hashed);
        }
        int register = (int) (hashed >>> (Long.SIZE - INDEX_BITS));
        int rank = Long.numberOfLeadingZeros((hashed << INDEX_BITS) | 1L << (INDEX_BITS - 1)) + 1;
        if (rank > registers[register]) {
            registers[register] = (byte) rank;
        }
    }

    boolean isExact() {
        return exact.size() < exactLimit;
    }

    long count() {
        return isExact() ? exact.size() : Math.max(estimate(), exactLimit);
    }

    private long estimate() {
        double sum = 0;
        for (byte register : registers) {
            sum += Math.scalb(1.0, -register);
        }
        double bias = 0.7213 / (1 + 1.079 / REGISTERS);
        return Math.round(bias * REGISTERS * REGISTERS / sum);
    }
}
