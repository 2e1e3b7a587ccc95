package org.ipspipeline.loadgen.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.Addresses;

/**
 * An Internet address outside the hot paths: two longs, IPv4 in its IPv4-mapped form.
 *
 * @param high the first half, 0 for IPv4
 * @param low the second half
 */
public record Address(long high, long low) {

    /**
     * Resolves a name or a literal.
     *
     * @param text such as {@code 10.99.0.1}, {@code fd00::1}, {@code target.example}
     * @return the first address it stands for
     * @throws UnknownHostException when it stands for none
     */
    public static Address resolve(String text) throws UnknownHostException {
        return of(InetAddress.getByName(text));
    }

    /**
     * {@return the same address}
     *
     * @param address of either family
     */
    public static Address of(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return address instanceof Inet4Address
                ? ofIpv4(buffer.getInt())
                : new Address(buffer.getLong(), buffer.getLong());
    }

    /**
     * {@return that address}
     *
     * @param bits the four bytes of an IPv4 address, the first in the most significant place
     */
    public static Address ofIpv4(int bits) {
        return new Address(0, Addresses.lowOfIpv4(bits));
    }

    /** {@return whether it is an IPv4 address} */
    public boolean isIpv4() {
        return Addresses.isIpv4(high, low);
    }

    /** {@return whether it names this host alone: 127.0.0.0/8 or ::1} */
    public boolean isLoopback() {
        return isIpv4() ? (int) low >>> 24 == 127 : high == 0 && low == 1;
    }

    /**
     * The address a number of places on.
     *
     * @param places added to the last 32 bits, which must not overflow
     * @return that address
     */
    public Address plus(long places) {
        if ((low & 0xFFFF_FFFFL) + places > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(this + " + " + places + " runs over the last 32 bits of the address");
        }
        return new Address(high, low + places);
    }

    /** {@return the socket address family it belongs to} */
    public int family() {
        return isIpv4() ? SocketAddress.IPV4 : SocketAddress.IPV6;
    }

    /** {@return the same address as the JDK has it} */
    public InetAddress toInetAddress() {
        byte[] bytes = isIpv4()
                ? ByteBuffer.allocate(Integer.BYTES).putInt((int) low).array()
                : ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The literal form. */
    @Override
    public String toString() {
        return AddressFormatter.toString(high, low);
    }
}
