package org.ipspipeline.bpf;

import java.nio.ByteBuffer;

/**
 * The maps of xdp_filter.c that hold prefixes, with the layout of their keys and values. Memory is in the machine's byte
 * order, addresses are in the network's.
 *
 * <pre>
 *   BANS4        key: address (4)                 value: expiry (8), dropped (8)
 *   BANS6        key: address (16)                value: expiry (8), dropped (8)
 *   NETWORKS6    key: upper half of address (8)   value: expiry (8), dropped (8)
 *   PREFIXES4    key: length (4), address (4)     value: expiry (8), dropped (8), length (4), unused (4)
 *   PREFIXES6    key: length (4), address (16)    value: expiry (8), dropped (8), length (4), unused (4)
 *   PORT_BANS    key: address (16), port set (4), unused (4)         value: expiry (8), dropped (8)
 *   PORT_PREFIXES key: length + 32 (4), port set (4), address (16)   value: as PREFIXES6, with the key's length
 *   ALLOWED4/6   key: as PREFIXES4/6              value: unused (8)
 * </pre>
 *
 * <p>In bans for ports, IPv4 is mapped into IPv6.
 */
enum FilterMap {
    BANS4(0, "bans4", 4, 16),
    BANS6(1, "bans6", 16, 16),
    NETWORKS6(2, "networks6", 8, 16),
    PREFIXES4(3, "prefixes4", 8, 24),
    PREFIXES6(4, "prefixes6", 20, 24),
    PORT_BANS(5, "port_bans", 24, 16),
    PORT_PREFIXES(6, "port_prefixes", 24, 24),
    ALLOWED4(7, "allowed4", 8, 8),
    ALLOWED6(8, "allowed6", 20, 8);

    /** In place of a port set: the ban holds for all that its source sends. */
    static final int EVERYTHING = 0;

    static final int EXPIRY = 0;
    static final int DROPPED = 8;
    private static final int LENGTH = 16;

    private static final int PORT_SET_LENGTH = 32;
    private static final int IPV4_LENGTH = 32;
    private static final int NETWORK6_LENGTH = 64;
    private static final int IPV6_LENGTH = 128;
    private static final long IPV4_MARK = 0xFFFFL << 32;

    /** Each at its index. */
    private static final FilterMap[] BANS = {BANS4, BANS6, NETWORKS6, PREFIXES4, PREFIXES6, PORT_BANS, PORT_PREFIXES};

    private final int index;
    private final String mapName;
    private final int keySize;
    private final int valueSize;

    FilterMap(int index, String mapName, int keySize, int valueSize) {
        this.index = index;
        this.mapName = mapName;
        this.keySize = keySize;
        this.valueSize = valueSize;
    }

    /** The maps that hold bans, each at its {@link #index()}. */
    static FilterMap[] bans() {
        return BANS.clone();
    }

    /**
     * Where a ban belongs.
     *
     * @throws IllegalArgumentException when the address has no such prefix
     */
    static FilterMap ofBan(int portSet, long high, long low, int prefixLength) {
        if (portSet != EVERYTHING) {
            int longest = isIpv4(high, low) ? IPV4_LENGTH : IPV6_LENGTH;
            check(prefixLength, longest);
            return prefixLength == longest ? PORT_BANS : PORT_PREFIXES;
        }
        if (isIpv4(high, low)) {
            if (prefixLength == IPV4_LENGTH) {
                return BANS4;
            }
            check(prefixLength, IPV4_LENGTH);
            return PREFIXES4;
        }
        if (prefixLength == IPV6_LENGTH) {
            return BANS6;
        }
        if (prefixLength == NETWORK6_LENGTH) {
            return NETWORKS6;
        }
        check(prefixLength, IPV6_LENGTH);
        return PREFIXES6;
    }

    /** Where a prefix of the allow list belongs. */
    static FilterMap ofAllowed(long high, long low, int prefixLength) {
        boolean ipv4 = isIpv4(high, low);
        check(prefixLength, ipv4 ? IPV4_LENGTH : IPV6_LENGTH);
        return ipv4 ? ALLOWED4 : ALLOWED6;
    }

    private static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    private static void check(int prefixLength, int longest) {
        if (prefixLength < 0 || prefixLength > longest) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not within 0 to " + longest);
        }
    }

    /** A number for arrays; those of the maps that hold bans come first. */
    int index() {
        return index;
    }

    /** The name in the C source. */
    String mapName() {
        return mapName;
    }

    int keySize() {
        return keySize;
    }

    int valueSize() {
        return valueSize;
    }

    /** The bit of the settings that makes the program look into this map. */
    int bit() {
        return 1 << index;
    }

    /** Writes a key; bits of the address beyond the prefix are left out. */
    void putKey(ByteBuffer keys, int at, int portSet, long high, long low, int prefixLength) {
        switch (this) {
            case BANS4 -> keys.putInt(at, Integer.reverseBytes((int) low));
            case BANS6 -> putAddress(keys, at, high, low);
            case NETWORKS6 -> keys.putLong(at, Long.reverseBytes(high));
            case PREFIXES4, ALLOWED4 -> {
                keys.putInt(at, prefixLength);
                keys.putInt(at + 4, Integer.reverseBytes((int) (low & mask(prefixLength + 32))));
            }
            case PREFIXES6, ALLOWED6 -> {
                keys.putInt(at, prefixLength);
                putAddress(keys, at + 4, high & mask(prefixLength), low & mask(prefixLength - 64));
            }
            case PORT_BANS -> {
                putAddress(keys, at, high, low);
                keys.putInt(at + 16, portSet);
                keys.putInt(at + 20, 0);
            }
            case PORT_PREFIXES -> {
                int length = lengthInAll(high, low, prefixLength);
                keys.putInt(at, PORT_SET_LENGTH + length);
                keys.putInt(at + 4, portSet);
                putAddress(keys, at + 8, high & mask(length), low & mask(length - 64));
            }
        }
    }

    /** A prefix's length of the 128 bits of IPv6, IPv4 being mapped. */
    private static int lengthInAll(long high, long low, int prefixLength) {
        return isIpv4(high, low) ? IPV6_LENGTH - IPV4_LENGTH + prefixLength : prefixLength;
    }

    private static void putAddress(ByteBuffer keys, int at, long high, long low) {
        keys.putLong(at, Long.reverseBytes(high));
        keys.putLong(at + 8, Long.reverseBytes(low));
    }

    /** The upper bits of a long, none for a number below 1 and all for one above 63. */
    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    /** Writes the value of the ban of a key, with nothing dropped yet. */
    void putBan(ByteBuffer values, int at, long expiry, ByteBuffer keys, int key) {
        values.putLong(at + EXPIRY, expiry);
        values.putLong(at + DROPPED, 0);
        if (valueSize > LENGTH) {
            values.putInt(at + LENGTH, keys.getInt(key));
        }
    }

    /** A key's port set, or {@link #EVERYTHING}. */
    int portSet(ByteBuffer keys, int at) {
        return switch (this) {
            case PORT_BANS -> keys.getInt(at + 16);
            case PORT_PREFIXES -> keys.getInt(at + 4);
            default -> EVERYTHING;
        };
    }

    /** The upper half of a key's address. */
    long high(ByteBuffer keys, int at) {
        return switch (this) {
            case BANS4, PREFIXES4, ALLOWED4 -> 0;
            case BANS6, NETWORKS6, PORT_BANS -> Long.reverseBytes(keys.getLong(at));
            case PREFIXES6, ALLOWED6 -> Long.reverseBytes(keys.getLong(at + 4));
            case PORT_PREFIXES -> Long.reverseBytes(keys.getLong(at + 8));
        };
    }

    /** The lower half of a key's address. */
    long low(ByteBuffer keys, int at) {
        return switch (this) {
            case BANS4 -> ipv4(keys.getInt(at));
            case PREFIXES4, ALLOWED4 -> ipv4(keys.getInt(at + 4));
            case BANS6, PORT_BANS -> Long.reverseBytes(keys.getLong(at + 8));
            case NETWORKS6 -> 0;
            case PREFIXES6, ALLOWED6 -> Long.reverseBytes(keys.getLong(at + 12));
            case PORT_PREFIXES -> Long.reverseBytes(keys.getLong(at + 16));
        };
    }

    private static long ipv4(int inNetworkOrder) {
        return IPV4_MARK | Integer.toUnsignedLong(Integer.reverseBytes(inNetworkOrder));
    }

    /** A key's prefix length. */
    int prefixLength(ByteBuffer keys, int at) {
        return switch (this) {
            case BANS4 -> IPV4_LENGTH;
            case BANS6 -> IPV6_LENGTH;
            case NETWORKS6 -> NETWORK6_LENGTH;
            case PREFIXES4, PREFIXES6, ALLOWED4, ALLOWED6 -> keys.getInt(at);
            case PORT_BANS -> lengthInFamily(keys, at, IPV6_LENGTH);
            case PORT_PREFIXES -> lengthInFamily(keys, at, keys.getInt(at) - PORT_SET_LENGTH);
        };
    }

    private int lengthInFamily(ByteBuffer keys, int at, int length) {
        return isIpv4(high(keys, at), low(keys, at)) ? length - (IPV6_LENGTH - IPV4_LENGTH) : length;
    }
}
