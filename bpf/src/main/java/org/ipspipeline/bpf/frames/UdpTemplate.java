package org.ipspipeline.bpf.frames;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ipspipeline.bpf.kernel.NativeMemory;

/**
 * A frame that others are made of: Ethernet without VLAN tags, IPv4 without options or IPv6 without extension headers, UDP.
 * Its source address and both checksums are of no account: each frame gets its own.
 */
public final class UdpTemplate {

    /** {@code HEADER_WORDS} of frame_sender.c, in bytes: shorter frames are padded, as Ethernet does. */
    static final int HEADER_SIZE = 64;

    private static final int ETHERNET_SIZE = 14;
    private static final int IPV4_SIZE = 20;
    private static final int IPV6_SIZE = 40;
    private static final int UDP_SIZE = 8;
    private static final int UDP_CHECKSUM = 6;
    private static final int TYPE = 12;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86DD;
    private static final int IPV4_NO_OPTIONS = 0x45;
    private static final int IPV4_PROTOCOL = ETHERNET_SIZE + 9;
    private static final int IPV4_CHECKSUM = ETHERNET_SIZE + 10;
    private static final int IPV4_SOURCE = ETHERNET_SIZE + 12;
    private static final int IPV6_NEXT_HEADER = ETHERNET_SIZE + 6;
    private static final int IPV6_SOURCE = ETHERNET_SIZE + 8;
    private static final byte PROTOCOL_UDP = 17;

    private final ByteBuffer frame;
    private final boolean ipv6;
    private final int headerSum;
    private final int payloadSum;

    /**
     * Takes a frame as a template.
     *
     * @param content from the Ethernet header on, without the frame check sequence
     * @throws IllegalArgumentException when it is no such frame
     */
    public UdpTemplate(byte[] content) {
        frame = ByteBuffer.wrap(Arrays.copyOf(content, Math.max(content.length, HEADER_SIZE)));
        int type = Short.toUnsignedInt(frame.getShort(TYPE));
        ipv6 = type == TYPE_IPV6;
        boolean udp = ipv6
                ? frame.get(IPV6_NEXT_HEADER) == PROTOCOL_UDP
                : type == TYPE_IPV4
                        && frame.get(ETHERNET_SIZE) == IPV4_NO_OPTIONS
                        && frame.get(IPV4_PROTOCOL) == PROTOCOL_UDP;
        int udpStart = ETHERNET_SIZE + (ipv6 ? IPV6_SIZE : IPV4_SIZE);
        int udpSize = Short.toUnsignedInt(frame.getShort(udpStart + 4));
        if (!udp || udpSize < UDP_SIZE || udpStart + udpSize > content.length) {
            throw new IllegalArgumentException("a template must be a whole frame with Ethernet, IPv4 or IPv6, and UDP, "
                    + "without VLAN tags, options or extension headers");
        }
        clear(ipv6 ? IPV6_SOURCE : IPV4_SOURCE, ipv6 ? 16 : 4);
        clear(udpStart + UDP_CHECKSUM, 2);
        if (!ipv6) {
            clear(IPV4_CHECKSUM, 2);
        }
        headerSum = ipv6 ? 0 : sum(ETHERNET_SIZE, IPV4_SIZE);
        // The pseudo-header has the addresses, of which the source is still zero, the protocol and UDP's length.
        int addresses = ipv6 ? sum(IPV6_SOURCE, 32) : sum(IPV4_SOURCE, 8);
        payloadSum = fold(addresses + swap(PROTOCOL_UDP) + swap(udpSize) + sum(udpStart, udpSize));
    }

    private void clear(int start, int length) {
        Arrays.fill(frame.array(), start, start + length, (byte) 0);
    }

    /**
     * The sum of 16-bit words in one's complement, folded to 16 bits. Words are taken as little-endian: sums in either byte
     * order are each other's swapped bytes, and this is the order that the program adds in.
     */
    private int sum(int start, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int value = Byte.toUnsignedInt(frame.get(start + i));
            sum = fold(sum + (i % 2 == 0 ? value : value << 8));
        }
        return sum;
    }

    private static int fold(int sum) {
        int folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return folded;
    }

    private static int swap(int word) {
        return Short.toUnsignedInt(Short.reverseBytes((short) word));
    }

    boolean isIpv6() {
        return ipv6;
    }

    /** The sum of what IPv4's checksum covers, without the source. */
    int headerSum() {
        return headerSum;
    }

    /** The sum of what UDP's checksum covers, without the source. */
    int payloadSum() {
        return payloadSum;
    }

    /** Copies the part that each frame gets anew. */
    void putHeader(ByteBuffer target, int at) {
        target.put(at, frame, 0, HEADER_SIZE);
    }

    /** How long a frame is at least. */
    int length() {
        return frame.capacity();
    }

    /** The whole frame for the kernel, padded to a length. */
    NativeMemory toMemory(int length) {
        return NativeMemory.of(Arrays.copyOf(frame.array(), length));
    }
}
