package org.ipspipeline.ips.address;

/** What can be asked of an address that is held as two longs (see the package for their layout). */
public final class Addresses {

    /** The upper half of {@code low} of every IPv4 address, whose {@code high} is 0. */
    public static final long IPV4_MARK = 0x0000_FFFF_0000_0000L;

    private static final long IPV4_MARK_MASK = 0xFFFF_FFFF_0000_0000L;

    private Addresses() {}

    /**
     * {@return whether it is an IPv4 address, which an IPv4-mapped IPv6 address is too}
     *
     * @param high the first half of an address
     * @param low the second half
     */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && (low & IPV4_MARK_MASK) == IPV4_MARK;
    }

    /**
     * {@return the second half of that address; the first half is 0}
     *
     * @param bits the four bytes of an IPv4 address, the first of them in the most significant place
     */
    public static long lowOfIpv4(int bits) {
        return IPV4_MARK | Integer.toUnsignedLong(bits);
    }

    /**
     * {@return its four bytes, the first of them in the most significant place}
     *
     * @param low the second half of an IPv4 address
     */
    public static int ipv4Bits(long low) {
        return (int) low;
    }
}
