package org.ipspipeline.loadgen.net;

import java.nio.ByteBuffer;
import org.ipspipeline.ips.address.Addresses;

/**
 * Reads and writes {@code sockaddr_in} and {@code sockaddr_in6} in a buffer of the machine's (little-endian) order. An address
 * is two longs, IPv4 in its IPv4-mapped form, as everywhere in this project. Fields are drawn in {@link MessageLayout}.
 */
public final class SocketAddress {

    /** {@code AF_INET}. */
    public static final int IPV4 = 2;

    /** {@code AF_INET6}. */
    public static final int IPV6 = 10;

    static final int IPV4_BYTES = 16;
    static final int IPV6_BYTES = 28;

    private static final int PORT = 2;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;
    private static final int SCOPE = 24;

    private SocketAddress() {}

    /**
     * The first half of the address of a peer.
     *
     * @param memory in the machine's order
     * @param at where the socket address begins
     * @return the half, 0 for IPv4
     */
    public static long high(ByteBuffer memory, int at) {
        return memory.getShort(at) == IPV6 ? Long.reverseBytes(memory.getLong(at + IPV6_ADDRESS)) : 0;
    }

    /**
     * The second half of the address of a peer.
     *
     * @param memory in the machine's order
     * @param at where the socket address begins
     * @return the half
     */
    public static long low(ByteBuffer memory, int at) {
        return memory.getShort(at) == IPV6
                ? Long.reverseBytes(memory.getLong(at + IPV6_ADDRESS + Long.BYTES))
                : Addresses.lowOfIpv4(Integer.reverseBytes(memory.getInt(at + IPV4_ADDRESS)));
    }

    /**
     * Writes a socket address.
     *
     * @param memory in the machine's order, with 32 bytes of room
     * @param at where it begins
     * @param family {@link #IPV4} or {@link #IPV6}: that of the socket
     * @param high the first half of the address
     * @param low the second half
     * @param port in the host's order
     * @param scope the interface's index for a link-local address, otherwise 0
     * @return its length in bytes
     */
    static int write(ByteBuffer memory, int at, int family, long high, long low, int port, int scope) {
        memory.putShort(at, (short) family);
        memory.putShort(at + PORT, Short.reverseBytes((short) port));
        if (family == IPV4) {
            memory.putInt(at + IPV4_ADDRESS, Integer.reverseBytes((int) low));
            memory.putLong(at + IPV6_ADDRESS, 0);
            return IPV4_BYTES;
        }
        memory.putInt(at + IPV4_ADDRESS, 0);
        putAddress(memory, at + IPV6_ADDRESS, high, low);
        memory.putInt(at + SCOPE, scope);
        return IPV6_BYTES;
    }

    /** The sixteen bytes of an address, network order. */
    static void putAddress(ByteBuffer memory, int at, long high, long low) {
        memory.putLong(at, Long.reverseBytes(high));
        memory.putLong(at + Long.BYTES, Long.reverseBytes(low));
    }

    static int port(ByteBuffer memory, int at) {
        return Short.toUnsignedInt(Short.reverseBytes(memory.getShort(at + PORT)));
    }
}
