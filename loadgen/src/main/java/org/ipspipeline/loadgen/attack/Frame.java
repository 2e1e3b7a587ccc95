package org.ipspipeline.loadgen.attack;

import java.nio.ByteBuffer;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MacAddress;

/**
 * An Ethernet frame with a UDP datagram, whose source address is put in at the end: both checksums are sums, so that all but
 * the source is summed up once.
 *
 * <pre>
 *   Ethernet 14 bytes | IPv4 20 or IPv6 40 bytes | UDP 8 bytes | payload
 * </pre>
 */
final class Frame {

    private static final int ETHERNET = 14;
    private static final int UDP = 8;
    private static final int UDP_PROTOCOL = 17;
    private static final int HOPS = 64;

    private static final int IPV4_HEADER = 20;
    private static final int IPV4_CHECKSUM = ETHERNET + 10;
    private static final int IPV4_SOURCE = ETHERNET + 12;

    private static final int IPV6_HEADER = 40;
    private static final int IPV6_SOURCE = ETHERNET + 8;

    private final boolean ipv4;
    private final byte[] bytes;
    private final int udp;
    private final long headerSum;
    private final long datagramSum;

    private Frame(boolean ipv4, byte[] bytes, int udp) {
        this.ipv4 = ipv4;
        this.bytes = bytes;
        this.udp = udp;
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        this.headerSum = ipv4 ? sum(frame, ETHERNET, udp) : 0;
        // The pseudo header of RFC 768 and RFC 8200: both addresses (the source is still zero), protocol, length.
        this.datagramSum =
                sum(frame, ipv4 ? IPV4_SOURCE : IPV6_SOURCE, bytes.length) + UDP_PROTOCOL + bytes.length - udp;
    }

    /**
     * Makes a frame without a source.
     *
     * @param from the Ethernet address of this host
     * @param to the Ethernet address of the target, or of the router towards it
     * @param flood what is sent
     */
    static Frame of(MacAddress from, MacAddress to, Flood flood) {
        Address target = flood.target();
        int udp = ETHERNET + (target.isIpv4() ? IPV4_HEADER : IPV6_HEADER);
        byte[] payload = flood.payload();
        byte[] bytes = new byte[udp + UDP + payload.length];
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.put(to.toBytes()).put(from.toBytes());
        if (target.isIpv4()) {
            putIpv4(frame, target, UDP + payload.length);
        } else {
            putIpv6(frame, target, UDP + payload.length);
        }
        frame.putShort((short) Flood.SOURCE_PORT).putShort((short) flood.port());
        frame.putShort((short) (UDP + payload.length)).putShort((short) 0).put(payload);
        return new Frame(target.isIpv4(), bytes, udp);
    }

    private static void putIpv4(ByteBuffer frame, Address target, int length) {
        frame.putShort((short) 0x0800).put((byte) 0x45).put((byte) 0);
        frame.putShort((short) (IPV4_HEADER + length));
        int dontFragment = 0x4000;
        frame.putShort((short) 0).putShort((short) dontFragment);
        frame.put((byte) HOPS).put((byte) UDP_PROTOCOL).putShort((short) 0);
        frame.putInt(0).putInt((int) target.low());
    }

    private static void putIpv6(ByteBuffer frame, Address target, int length) {
        frame.putShort((short) 0x86DD).putInt(0x6000_0000);
        frame.putShort((short) length).put((byte) UDP_PROTOCOL).put((byte) HOPS);
        frame.putLong(0).putLong(0).putLong(target.high()).putLong(target.low());
    }

    /** {@return bytes of the frame} */
    int length() {
        return bytes.length;
    }

    /** {@return the frame, its source and its checksums zero} */
    byte[] bytes() {
        return bytes.clone();
    }

    /** {@return where the source address lies in the frame} */
    int sourceOffset() {
        return ipv4 ? IPV4_SOURCE : IPV6_SOURCE;
    }

    /**
     * Writes the whole frame, without a source.
     *
     * @param memory takes it
     * @param at where it begins
     */
    void writeTo(ByteBuffer memory, int at) {
        memory.put(at, bytes);
    }

    /**
     * Puts a source, and the checksums that go with it, into a frame written before.
     *
     * @param memory big-endian
     * @param at where the frame begins
     * @param high the first half of the address
     * @param low the second half
     */
    void setSource(ByteBuffer memory, int at, long high, long low) {
        if (ipv4) {
            memory.putInt(at + IPV4_SOURCE, (int) low);
            long source = words((int) low & 0xFFFF_FFFFL);
            memory.putShort(at + IPV4_CHECKSUM, complement(headerSum + source));
            memory.putShort(at + udp + 6, nonZero(complement(datagramSum + source)));
        } else {
            memory.putLong(at + IPV6_SOURCE, high).putLong(at + IPV6_SOURCE + Long.BYTES, low);
            memory.putShort(at + udp + 6, nonZero(complement(datagramSum + words(high) + words(low))));
        }
    }

    /** The sum of the four 16-bit words. */
    private static long words(long value) {
        return (value >>> 48) + (value >>> 32 & 0xFFFF) + (value >>> 16 & 0xFFFF) + (value & 0xFFFF);
    }

    private static long sum(ByteBuffer frame, int from, int to) {
        long sum = 0;
        int at = from;
        for (; at + 1 < to; at += Short.BYTES) {
            sum += Short.toUnsignedInt(frame.getShort(at));
        }
        return at < to ? sum + ((frame.get(at) & 0xFF) << 8) : sum;
    }

    private static short complement(long sum) {
        long folded = sum;
        while (folded > 0xFFFF) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (short) ~folded;
    }

    /** A sum of zero is sent as all ones: zero means that there is no checksum. */
    private static short nonZero(short checksum) {
        return checksum == 0 ? (short) 0xFFFF : checksum;
    }
}
