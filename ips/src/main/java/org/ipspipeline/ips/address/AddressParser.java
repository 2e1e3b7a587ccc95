package org.ipspipeline.ips.address;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads an address from the bytes of a line, without allocation. What counts as an address is what {@code inet_pton} takes:
 * four decimal numbers up to 255 without leading zeros; or up to eight groups of one to four hexadecimal digits, one run of
 * groups left out as {@code ::}, the last two perhaps in the form of IPv4. An IPv4-mapped IPv6 address is the IPv4 address.
 *
 * <p>A number or group is always taken whole: {@code 1.2.3.456} is no address, rather than {@code 1.2.3.45} with a rest. A zone
 * ({@code %eth0}) is not part of the address: the parser stops before it.
 *
 * <p>The result lies in the parser until the next call. An instance serves one thread.
 */
public final class AddressParser {

    /** What the parse methods return where no address stands. */
    public static final int NONE = -1;

    /** Characters of the longest address. */
    public static final int LONGEST_TEXT = 45;

    private static final int GROUPS = 8;

    /** The value of each hexadecimal digit, -1 for all other bytes. */
    private static final byte[] HEX = new byte[256];

    static {
        for (int b = 0; b < HEX.length; b++) {
            HEX[b] = (byte) (b < 128 ? Character.digit(b, 16) : -1);
        }
    }

    private long high;
    private long low;
    private long headHigh;
    private long headLow;
    private int group;

    /**
     * {@return the first half of the address last read}
     */
    public long high() {
        return high;
    }

    /**
     * {@return the second half of the address last read}
     */
    public long low() {
        return low;
    }

    /**
     * Reads the address that begins at {@code from}; anything may follow it.
     *
     * @param bytes holds the text; its position and limit are neither used nor moved
     * @param from the index of the first byte
     * @param to the index after the last byte that may be read
     * @return the index after the address, or {@link #NONE}
     */
    public int parse(ByteBuffer bytes, int from, int to) {
        int end = parseIpv4(bytes, from, to);
        return end != NONE ? end : parseIpv6(bytes, from, to);
    }

    /**
     * Reads an address that fills the whole range.
     *
     * @param bytes holds the text; its position and limit are neither used nor moved
     * @param from the index of the first byte
     * @param to the index after the last byte
     * @return whether the range is an address and nothing else
     */
    public boolean parseWhole(ByteBuffer bytes, int from, int to) {
        return from < to && parse(bytes, from, to) == to;
    }

    /**
     * Reads an address that fills a text, for commands and configuration: this one allocates.
     *
     * @param text the address alone
     * @return whether the text is an address and nothing else
     */
    public boolean parseWhole(String text) {
        if (text.length() > LONGEST_TEXT) {
            return false;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parseWhole(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    /**
     * Reads the IPv4 address, in its dotted form, that begins at {@code from}.
     *
     * @param bytes holds the text; its position and limit are neither used nor moved
     * @param from the index of the first byte
     * @param to the index after the last byte that may be read
     * @return the index after the address, or {@link #NONE}
     */
    public int parseIpv4(ByteBuffer bytes, int from, int to) {
        int bits = 0;
        int at = from;
        for (int dots = 0; ; dots++) {
            int first = at < to ? bytes.get(at) - '0' : -1;
            if (first < 0 || first > 9) {
                return NONE;
            }
            int octet = first;
            at++;
            for (int digit; at < to && (digit = bytes.get(at) - '0') >= 0 && digit <= 9; at++) {
                if (octet == 0) {
                    return NONE;
                }
                octet = octet * 10 + digit;
                if (octet > 255) {
                    return NONE;
                }
            }
            bits = bits << 8 | octet;
            if (dots == 3) {
                high = 0;
                low = Addresses.lowOfIpv4(bits);
                return at;
            }
            if (at >= to || bytes.get(at) != '.') {
                return NONE;
            }
            at++;
        }
    }

    /**
     * Reads the IPv6 address that begins at {@code from}; if it is an IPv4-mapped one, the result is the IPv4 address.
     *
     * @param bytes holds the text; its position and limit are neither used nor moved
     * @param from the index of the first byte
     * @param to the index after the last byte that may be read
     * @return the index after the address, or {@link #NONE}
     */
    public int parseIpv6(ByteBuffer bytes, int from, int to) {
        high = 0;
        low = 0;
        int groups = 0;
        int groupsBeforeGap = NONE;
        int at = from;
        if (isColon(bytes, at, to) && isColon(bytes, at + 1, to)) {
            groupsBeforeGap = 0;
            at += 2;
            if (isColon(bytes, at, to)) {
                return NONE;
            }
        }
        while (groups < GROUPS) {
            int end = endOfGroup(bytes, at, to);
            if (end == at) {
                break;
            }
            if (end == NONE) {
                return NONE;
            }
            if (groups <= GROUPS - 2 && end < to && bytes.get(end) == '.') {
                int endOfIpv4 = appendIpv4(bytes, at, to);
                if (endOfIpv4 != NONE) {
                    groups += 2;
                    at = endOfIpv4;
                    break;
                }
            }
            append(group, 16);
            groups++;
            at = end;
            if (groups == GROUPS || !isColon(bytes, at, to)) {
                break;
            }
            if (isColon(bytes, at + 1, to)) {
                if (groupsBeforeGap != NONE) {
                    return NONE;
                }
                groupsBeforeGap = groups;
                setHeadAside(groups);
                at += 2;
                if (isColon(bytes, at, to)) {
                    return NONE;
                }
            } else if (at + 1 < to && HEX[bytes.get(at + 1) & 0xFF] >= 0) {
                at++;
            } else {
                break;
            }
        }
        if (groupsBeforeGap == NONE) {
            return groups == GROUPS ? at : NONE;
        }
        if (groups == GROUPS) {
            return NONE;
        }
        if (groupsBeforeGap > 0) {
            high |= headHigh;
            low |= headLow;
        }
        return at;
    }

    private static boolean isColon(ByteBuffer bytes, int at, int to) {
        return at < to && bytes.get(at) == ':';
    }

    /** Leaves the value in {@link #group}; the index itself where no digit stands, NONE where more than four do. */
    private int endOfGroup(ByteBuffer bytes, int at, int to) {
        int value = 0;
        int end = at;
        for (int digit; end < to && (digit = HEX[bytes.get(end) & 0xFF]) >= 0; end++) {
            if (end - at == 4) {
                return NONE;
            }
            value = value << 4 | digit;
        }
        group = value;
        return end;
    }

    private void append(int value, int bits) {
        high = high << bits | low >>> (Long.SIZE - bits);
        low = low << bits | Integer.toUnsignedLong(value);
    }

    private int appendIpv4(ByteBuffer bytes, int at, int to) {
        long highBefore = high;
        long lowBefore = low;
        int end = parseIpv4(bytes, at, to);
        int ipv4 = Addresses.ipv4Bits(low);
        high = highBefore;
        low = lowBefore;
        if (end != NONE) {
            append(ipv4, 32);
        }
        return end;
    }

    /** Moves the groups read so far to the front of the address; those after the gap fill it from the back. */
    private void setHeadAside(int groups) {
        int missing = (GROUPS - groups) * 16;
        if (missing >= Long.SIZE) {
            headHigh = low << (missing - Long.SIZE);
            headLow = 0;
        } else {
            headHigh = high << missing | low >>> (Long.SIZE - missing);
            headLow = low << missing;
        }
        high = 0;
        low = 0;
    }
}
