package org.ipspipeline.ips.address;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes an address as text: IPv4 dotted, IPv6 as RFC 5952 wants it (lower case, no leading zeros, the first of the longest
 * runs of at least two zero groups as {@code ::}). What it writes, {@link AddressParser} reads back as the same address.
 * Nothing allocates but {@link #toString(long, long)}. All methods may be called by any thread.
 */
public final class AddressFormatter {

    /** No address is longer, in bytes. */
    public static final int MAX_LENGTH = 39;

    private static final int GROUPS = 8;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Each octet's decimal digits, the first in the lowest byte, and how many there are in the highest. */
    private static final int[] OCTETS = new int[256];

    static {
        for (int octet = 0; octet < OCTETS.length; octet++) {
            byte[] text = Integer.toString(octet).getBytes(StandardCharsets.US_ASCII);
            int packed = text.length << 24;
            for (int i = 0; i < text.length; i++) {
                packed |= text[i] << (8 * i);
            }
            OCTETS[octet] = packed;
        }
    }

    private AddressFormatter() {}

    /**
     * Writes an address.
     *
     * @param high the address's first half
     * @param low its second half
     * @param into takes the text; its position and limit are neither used nor moved
     * @param at the index of the first byte to write; {@link #MAX_LENGTH} bytes must fit
     * @return the index after the text
     */
    public static int format(long high, long low, ByteBuffer into, int at) {
        return Addresses.isIpv4(high, low) ? formatIpv4((int) low, into, at) : formatIpv6(high, low, into, at);
    }

    /**
     * Writes an address into a new String: for messages and other places where nothing is in a hurry.
     *
     * @param high the address's first half
     * @param low its second half
     * @return the text
     */
    public static String toString(long high, long low) {
        byte[] text = new byte[MAX_LENGTH];
        int length = format(high, low, ByteBuffer.wrap(text), 0);
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static int formatIpv4(int bits, ByteBuffer into, int at) {
        int end = octet(bits >>> 24, into, at);
        into.put(end++, (byte) '.');
        end = octet(bits >>> 16 & 0xFF, into, end);
        into.put(end++, (byte) '.');
        end = octet(bits >>> 8 & 0xFF, into, end);
        into.put(end++, (byte) '.');
        return octet(bits & 0xFF, into, end);
    }

    private static int octet(int octet, ByteBuffer into, int at) {
        int packed = OCTETS[octet];
        int length = packed >>> 24;
        into.put(at, (byte) packed);
        if (length > 1) {
            into.put(at + 1, (byte) (packed >>> 8));
            if (length > 2) {
                into.put(at + 2, (byte) (packed >>> 16));
            }
        }
        return at + length;
    }

    private static int formatIpv6(long high, long low, ByteBuffer into, int at) {
        long gap = longestGap(high, low);
        int gapFrom = (int) (gap >>> 32);
        int gapTo = (int) gap;
        int end = at;
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapFrom) {
                into.put(end++, (byte) ':');
                into.put(end++, (byte) ':');
                i = gapTo - 1;
                continue;
            }
            if (i > 0 && i != gapTo) {
                into.put(end++, (byte) ':');
            }
            end = group(groupAt(high, low, i), into, end);
        }
        return end;
    }

    private static int group(int group, ByteBuffer into, int at) {
        int end = at;
        if (group > 0xFFF) {
            into.put(end++, DIGITS[group >>> 12]);
        }
        if (group > 0xFF) {
            into.put(end++, DIGITS[group >>> 8 & 0xF]);
        }
        if (group > 0xF) {
            into.put(end++, DIGITS[group >>> 4 & 0xF]);
        }
        into.put(end++, DIGITS[group & 0xF]);
        return end;
    }

    private static int groupAt(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xFFFF;
    }

    /** The first and the end of the groups to leave out, packed into a long; both beyond all groups where there are none. */
    private static long longestGap(long high, long low) {
        int bestFrom = GROUPS;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int from = i;
            while (i < GROUPS && groupAt(high, low, i) == 0) {
                i++;
            }
            if (i - from > bestLength) {
                bestFrom = from;
                bestLength = i - from;
            }
        }
        return (long) bestFrom << 32 | bestFrom + bestLength;
    }
}
