package org.ipspipeline.bpf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Ethernet frames, for tests. */
public final class Frames {

    public static final int VLAN = 0x8100;
    public static final int VLAN_OUTER = 0x88A8;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int ARP = 0x0806;

    private Frames() {}

    /** A UDP packet with tags of the given types before it, outermost first. */
    public static byte[] udp(String source, int... tags) {
        byte[] address = Addresses.bytes(source);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[12]);
        for (int tag : tags) {
            writeShort(frame, tag);
            writeShort(frame, 7);
        }
        if (address.length == 4) {
            writeShort(frame, IPV4);
            frame.writeBytes(new byte[] {0x45, 0, 0, 29, 0, 0, 0, 0, 64, 17, 0, 0});
            frame.writeBytes(address);
            frame.writeBytes(new byte[] {10, 0, 0, 1});
        } else {
            writeShort(frame, IPV6);
            frame.writeBytes(new byte[] {0x60, 0, 0, 0, 0, 9, 17, 64});
            frame.writeBytes(address);
            frame.writeBytes(new byte[16]);
        }
        frame.writeBytes(new byte[9]);
        return frame.toByteArray();
    }

    /** A whole UDP packet of one byte, with correct lengths and no checksums. */
    public static byte[] udp(byte[] to, byte[] from, String source, String destination, int port, int payload) {
        byte[] frame = udp(source);
        System.arraycopy(to, 0, frame, 0, 6);
        System.arraycopy(from, 0, frame, 6, 6);
        byte[] address = Addresses.bytes(destination);
        int udp = frame.length - 9;
        System.arraycopy(address, 0, frame, udp - address.length, address.length);
        ByteBuffer.wrap(frame)
                .putShort(udp, (short) 4242)
                .putShort(udp + 2, (short) port)
                .putShort(udp + 4, (short) 9)
                .put(udp + 8, (byte) payload);
        return frame;
    }

    static byte[] arp() {
        byte[] frame = new byte[42];
        frame[12] = (byte) (ARP >> 8);
        frame[13] = (byte) ARP;
        return frame;
    }

    static byte[] cut(byte[] frame, int length) {
        return Arrays.copyOf(frame, length);
    }

    static byte[] with(byte[] frame, int offset, int value) {
        byte[] changed = frame.clone();
        changed[offset] = (byte) value;
        return changed;
    }

    private static void writeShort(ByteArrayOutputStream frame, int value) {
        frame.write(value >> 8);
        frame.write(value);
    }
}
