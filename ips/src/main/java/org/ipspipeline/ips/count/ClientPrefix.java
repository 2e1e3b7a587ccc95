package org.ipspipeline.ips.count;

/**
 * How many leading bits of an address make one client: attackers hold whole IPv6 networks, so that counting single addresses
 * would never reach a limit.
 *
 * <p>Immutable; shared by all threads.
 */
public final class ClientPrefix {

    /** Tells every address apart. */
    public static final ClientPrefix ADDRESS = new ClientPrefix(32, 128);

    private static final int MAPPED_BITS = 96;

    private final int length4;
    private final int length6;
    private final long low4;
    private final long high6;
    private final long low6;

    /**
     * @param length4 the leading bits of IPv4, 0 to 32
     * @param length6 the leading bits of IPv6, 0 to 128
     */
    public ClientPrefix(int length4, int length6) {
        if (length4 < 0 || length4 > 32) {
            throw new IllegalArgumentException("an IPv4 prefix has 0 to 32 bits, not " + length4);
        }
        if (length6 < 0 || length6 > 128) {
            throw new IllegalArgumentException("an IPv6 prefix has 0 to 128 bits, not " + length6);
        }
        this.length4 = MAPPED_BITS + length4;
        this.length6 = length6;
        this.low4 = mask(MAPPED_BITS - 64 + length4);
        this.high6 = mask(Math.min(length6, 64));
        this.low6 = mask(Math.max(length6 - 64, 0));
    }

    /**
     * The client's upper half.
     *
     * @param high the address's upper half
     * @param low the address's lower half
     * @return the upper half without the bits below the prefix
     */
    public long high(long high, long low) {
        return isMapped(high, low) ? high : high & high6;
    }

    /**
     * The client's lower half.
     *
     * @param high the address's upper half
     * @param low the address's lower half
     * @return the lower half without the bits below the prefix
     */
    public long low(long high, long low) {
        return low & (isMapped(high, low) ? low4 : low6);
    }

    /**
     * The length of the client's prefix.
     *
     * @param high the address's upper half
     * @param low the address's lower half
     * @return bits of the 128 of an IPv6 address, IPv4 being mapped: 128 is one address of either
     */
    public int length(long high, long low) {
        return isMapped(high, low) ? length4 : length6;
    }

    private static boolean isMapped(long high, long low) {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }
}
