package org.ipspipeline.bpf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as people write them, for tests. */
public final class Addresses {

    private static final int IPV4_BYTES = 4;

    private Addresses() {}

    public static long high(String address) {
        return mapped(address).getLong(0);
    }

    public static long low(String address) {
        return mapped(address).getLong(8);
    }

    /** An address as Java writes it, but short. */
    public static String text(long high, long low) {
        byte[] bytes = ByteBuffer.allocate(16).putLong(0, high).putLong(8, low).array();
        try {
            return InetAddress.getByAddress(bytes).getHostAddress().replaceFirst("(:0)+$", "::");
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException notNumeric) {
            throw new IllegalArgumentException(address, notNumeric);
        }
    }

    private static ByteBuffer mapped(String address) {
        byte[] bytes = bytes(address);
        ByteBuffer mapped = ByteBuffer.allocate(16);
        if (bytes.length == IPV4_BYTES) {
            mapped.putShort(10, (short) 0xFFFF).put(12, bytes);
        } else {
            mapped.put(0, bytes);
        }
        return mapped;
    }
}
