package org.ipspipeline.ips.address;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes an address as text: IPv4 dotted, IPv6 as RFC 5952 wants it (lower case, no leading zeros, the first of the longest
 * runs of at least two zero groups as {@code ::}), with the last 32 bits dotted where all before them are zero, as inet_ntop(3) has it
 * (RFC 4291, section 2.5.5.1). What it writes, {@link AddressParser} reads back as the same address.
 * Nothing allocates but {@link #toString(long, long)}. All methods may be called by any thread.
 */
public final class AddressFormatter {

    /** No address is longer, in bytes. */
    public static final int MAX_LENGTH = 39;

    private static final int GROUPS = 8;

    /** The first group of the two that are written dotted. */
    private static final int DOTTED = 6;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Each octet's decimal digits, the first in the lowest byte, and how many there are in the highest. */
    private static final int[] OCTETS = new int[256];

    /** For each set of zero groups (the first group in bit 7): which to leave out, the first in the upper half and the end in the lower. */
    private static final short[] GAPS = new short[1 << GROUPS];

    static {
        for (int octet = 0; octet < OCTETS.length; octet++) {
            byte[] text = Integer.toString(octet).getBytes(StandardCharsets.US_ASCII);
            int packed = text.length << 24;
            for (int i = 0; i < text.length; i++) {
                packed |= text[i] << (8 * i);
            }
            OCTETS[octet] = packed;
        }
        for (int zeros = 0; zeros < GAPS.length; zeros++) {
            GAPS[zeros] = longestGap(zeros);
        }
    }

    private AddressFormatter() {}

    /**
     * Writes an address.
     *
     * @param high the address's first half
     * @param low its second half
     * @param into takes the text; its position and limit are neither used nor moved
     * @param at the index of the first byte to write; {@link #MAX_LENGTH} bytes must fit, and those behind the text are undefined
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
        int gap = GAPS[zeroGroups(high) << 4 | zeroGroups(low)];
        int gapFrom = gap >>> 8;
        int gapTo = gap & 0xFF;
        int end = at;
        for (int i = 0; i < gapFrom; i++) {
            if (i > 0) {
                into.put(end++, (byte) ':');
            }
            end = group(groupAt(high, low, i), into, end);
        }
        if (gapFrom < gapTo) {
            into.put(end++, (byte) ':');
            into.put(end++, (byte) ':');
        }
        if (gapFrom == 0 && gapTo == DOTTED) {
            return formatIpv4((int) low, into, end);
        }
        for (int i = gapTo; i < GROUPS; i++) {
            if (i > gapTo) {
                into.put(end++, (byte) ':');
            }
            end = group(groupAt(high, low, i), into, end);
        }
        return end;
    }

    /** All four digits at once, in the bytes of an int; leading zeros are shifted out. */
    private static int group(int group, ByteBuffer into, int at) {
        int nibbles = group >>> 12 | (group & 0xF00) | (group & 0xF0) << 12 | (group & 0xF) << 24;
        int letters = (nibbles + 0x06060606) >>> 4 & 0x01010101;
        int digits = nibbles + 0x30303030 + letters * ('a' - '9' - 1);
        int leading = (Integer.numberOfLeadingZeros(group | 1) - 16) >>> 2;
        INT.set(into, at, digits >>> (8 * leading));
        return at + 4 - leading;
    }

    private static int groupAt(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xFFFF;
    }

    /** A bit for each of the four groups that is zero, the first group's the highest. */
    private static int zeroGroups(long half) {
        long fifteen = 0x7FFF_7FFF_7FFF_7FFFL;
        // The upper bit of each group: whether it holds anything.
        long filled = ((half & fifteen) + fifteen | half) & ~fifteen;
        long zeros = (~filled & ~fifteen) >>> 15;
        return (int) (zeros >>> 45 | zeros >>> 30 | zeros >>> 15 | zeros) & 0xF;
    }

    private static short longestGap(int zeros) {
        int bestFrom = GROUPS;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int from = i;
            while (i < GROUPS && (zeros << i & 0x80) != 0) {
                i++;
            }
            if (i - from > bestLength) {
                bestFrom = from;
                bestLength = i - from;
            }
        }
        return (short) (bestFrom == GROUPS ? GROUPS << 8 | GROUPS : bestFrom << 8 | bestFrom + bestLength);
    }
}
