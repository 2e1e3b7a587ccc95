package org.ipspipeline.ips.count;

import java.security.SecureRandom;

/**
 * A keyed hash of an address. Attackers choose their addresses, so the key is drawn at random: without it nobody can tell
 * which addresses meet in one bucket. Two multiplications of 64 by 64 bits, folded.
 */
public final class AddressHash {

    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

    private final long key0;
    private final long key1;
    private final long key2;

    private AddressHash(long key0, long key1, long key2) {
        this.key0 = key0;
        this.key1 = key1;
        this.key2 = key2;
    }

    /**
     * A hash with a key drawn from the system's source of randomness.
     *
     * @return a new hash
     */
    public static AddressHash random() {
        SecureRandom random = new SecureRandom();
        return of(random.nextLong(), random.nextLong());
    }

    /**
     * A hash with a given key, for processes that share a table.
     *
     * @param key0 half of the key
     * @param key1 the other half
     * @return the hash of this key
     */
    public static AddressHash of(long key0, long key1) {
        return new AddressHash(key0, key1, fold(key0 ^ ODD, key1 | 1));
    }

    /**
     * Hashes an address together with a number.
     *
     * @param high the address's upper half
     * @param low the address's lower half
     * @param number a jail, a prefix length
     * @return 64 bits, all of them usable
     */
    public long hash(long high, long low, int number) {
        return fold(fold(low ^ key0, high ^ key1) ^ key2, (number * ODD) ^ key0);
    }

    /** Scales a hash to an index below a bound without a division. */
    static int index(long hash, int bound) {
        return (int) (((hash >>> 32) * bound) >>> 32);
    }

    private static long fold(long a, long b) {
        return Math.multiplyHigh(a, b) ^ (a * b);
    }
}
