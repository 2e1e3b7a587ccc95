package org.ipspipeline.ips.address;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * All addresses that begin with the same bits, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a single address is the
 * prefix of full length.
 *
 * @param high the first half of the first address of the prefix
 * @param low the second half of the first address of the prefix; the bits beyond {@code length} are 0 in both
 * @param length how many bits are common, counted in the IPv6 form: from 0 to 128, and 96 more than one writes for IPv4
 */
public record AddressPrefix(long high, long low, int length) {

    /** The length of a prefix that is a single address. */
    public static final int FULL_LENGTH = 128;

    private static final int IPV4_OFFSET = 96;

    /** Clears the bits beyond {@code length}. */
    public AddressPrefix {
        if (length < 0 || length > FULL_LENGTH) {
            throw new IllegalArgumentException("prefix length " + length + " is not within 0 to 128");
        }
        high &= highMask(length);
        low &= lowMask(length);
    }

    /**
     * {@return a single address}
     *
     * @param address of either family
     */
    public static AddressPrefix of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.capacity() == Integer.BYTES
                ? new AddressPrefix(0, Addresses.lowOfIpv4(bytes.getInt()), FULL_LENGTH)
                : new AddressPrefix(bytes.getLong(0), bytes.getLong(8), FULL_LENGTH);
    }

    /**
     * Reads a prefix. Bits beyond the length are cleared: {@code 10.1.2.3/8} is {@code 10.0.0.0/8}.
     *
     * @param text {@code ADDRESS} or {@code ADDRESS/LENGTH}; for IPv4 also {@code ADDRESS/NETMASK}
     * @return the prefix, or null where the text is none
     */
    public static @Nullable AddressPrefix parse(String text) {
        int slash = text.indexOf('/');
        AddressParser parser = new AddressParser();
        if (!parser.parseWhole(slash < 0 ? text : text.substring(0, slash))) {
            return null;
        }
        long high = parser.high();
        long low = parser.low();
        if (slash < 0) {
            return new AddressPrefix(high, low, FULL_LENGTH);
        }
        boolean writtenAsIpv4 = text.indexOf(':') < 0;
        String rest = text.substring(slash + 1);
        int length = writtenAsIpv4 && rest.indexOf('.') >= 0 ? netmaskLength(rest, parser) : number(rest);
        if (length < 0 || length > (writtenAsIpv4 ? Integer.SIZE : FULL_LENGTH)) {
            return null;
        }
        return new AddressPrefix(high, low, writtenAsIpv4 ? IPV4_OFFSET + length : length);
    }

    /**
     * {@return whether the address begins with this prefix}
     *
     * @param addressHigh an address's first half
     * @param addressLow its second half
     */
    public boolean contains(long addressHigh, long addressLow) {
        return (addressHigh & highMask(length)) == high && (addressLow & lowMask(length)) == low;
    }

    /**
     * {@return whether all addresses of the prefix are IPv4 addresses}
     */
    public boolean isIpv4() {
        return length >= IPV4_OFFSET && Addresses.isIpv4(high, low);
    }

    /**
     * {@return the first half of the last address of the prefix}
     */
    public long lastHigh() {
        return high | ~highMask(length);
    }

    /**
     * {@return the second half of the last address of the prefix}
     */
    public long lastLow() {
        return low | ~lowMask(length);
    }

    /**
     * {@return the prefix as {@link #parse} reads it; a single address without its length}
     */
    @Override
    public String toString() {
        String address = AddressFormatter.toString(high, low);
        if (length == FULL_LENGTH) {
            return address;
        }
        if (isIpv4()) {
            return address + "/" + (length - IPV4_OFFSET);
        }
        // A short prefix of ::ffff:0:0 must not read as one of IPv4.
        return (Addresses.isIpv4(high, low) ? "::ffff:0:0" : address) + "/" + length;
    }

    private static long highMask(int length) {
        return length >= Long.SIZE ? -1L : length == 0 ? 0 : -1L << (Long.SIZE - length);
    }

    private static long lowMask(int length) {
        return length <= Long.SIZE ? 0 : -1L << (FULL_LENGTH - length);
    }

    private static int netmaskLength(String text, AddressParser parser) {
        if (!parser.parseWhole(text)) {
            return -1;
        }
        int mask = Addresses.ipv4Bits(parser.low());
        int length = Integer.numberOfLeadingZeros(~mask);
        return length == Integer.bitCount(mask) ? length : -1;
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }
}
