package org.ipspipeline.benchmarks.network;

import java.nio.ByteBuffer;

/** UDP packets with one byte of payload. */
public final class TestFrame {

    private static final int ETHERNET = 14;
    private static final int UDP_AND_PAYLOAD = 9;

    private TestFrame() {}

    /** A frame of an IPv4-mapped or an IPv6 source address. */
    public static byte[] udp(byte[] to, byte[] from, long high, long low) {
        return Family.of(high, low) == Family.IPV4 ? ipv4(to, from, (int) low) : ipv6(to, from, high, low);
    }

    private static byte[] ipv4(byte[] to, byte[] from, int source) {
        ByteBuffer frame = ethernet(to, from, 0x0800, 20);
        frame.putShort((short) 0x4500).putShort((short) (20 + UDP_AND_PAYLOAD)).putInt(0);
        frame.put((byte) 64).put((byte) 17).putShort((short) 0);
        frame.putInt(source).putInt(0x0A00_0001);
        return udp(frame);
    }

    private static byte[] ipv6(byte[] to, byte[] from, long high, long low) {
        ByteBuffer frame = ethernet(to, from, 0x86DD, 40);
        frame.putInt(0x6000_0000)
                .putShort((short) UDP_AND_PAYLOAD)
                .put((byte) 17)
                .put((byte) 64);
        frame.putLong(high).putLong(low).putLong(0xFD00_0000_0000_0000L).putLong(1);
        return udp(frame);
    }

    private static ByteBuffer ethernet(byte[] to, byte[] from, int type, int header) {
        return ByteBuffer.allocate(ETHERNET + header + UDP_AND_PAYLOAD)
                .put(to)
                .put(from)
                .putShort((short) type);
    }

    private static byte[] udp(ByteBuffer frame) {
        frame.putShort((short) 4242).putShort((short) 8080).putShort((short) UDP_AND_PAYLOAD);
        byte[] bytes = new byte[frame.capacity()];
        frame.get(0, bytes);
        return bytes;
    }
}
