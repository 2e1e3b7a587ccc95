package org.ipspipeline.loadgen.net;

import java.nio.ByteBuffer;

/**
 * The control message that names the source of a datagram: ip(7) {@code IP_PKTINFO}, ipv6(7) {@code IPV6_PKTINFO}.
 *
 * <pre>
 *   cmsghdr: length size_t, level int, type int     then
 *   IPv4: interface int, source 4 bytes, (address 4 bytes)        IPv6: source 16 bytes, interface int
 * </pre>
 */
public final class PacketInfo {

    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int DATA = 16;
    private static final int IPV4_DATA_BYTES = 12;
    private static final int IPV6_DATA_BYTES = 20;

    private PacketInfo() {}

    /**
     * {@return how much room the message takes}
     *
     * @param ipv4 the family of the socket
     */
    public static int bytes(boolean ipv4) {
        return (DATA + dataBytes(ipv4) + Long.BYTES - 1) & -Long.BYTES;
    }

    private static int dataBytes(boolean ipv4) {
        return ipv4 ? IPV4_DATA_BYTES : IPV6_DATA_BYTES;
    }

    /**
     * Writes the message without a source.
     *
     * @param memory in the machine's order
     * @param at where the control data begins
     * @param ipv4 the family of the socket
     */
    public static void prepare(ByteBuffer memory, int at, boolean ipv4) {
        int level = ipv4 ? 0 : 41;
        int type = ipv4 ? 8 : 50;
        memory.putLong(at, DATA + dataBytes(ipv4)).putInt(at + LEVEL, level).putInt(at + TYPE, type);
    }

    /**
     * Puts a source into a message prepared before.
     *
     * @param memory in the machine's order
     * @param at where the control data begins
     * @param ipv4 the family of the socket
     * @param high the first half of the address
     * @param low the second half
     */
    public static void setSource(ByteBuffer memory, int at, boolean ipv4, long high, long low) {
        if (ipv4) {
            memory.putInt(at + DATA + Integer.BYTES, Integer.reverseBytes((int) low));
        } else {
            SocketAddress.putAddress(memory, at + DATA, high, low);
        }
    }
}
