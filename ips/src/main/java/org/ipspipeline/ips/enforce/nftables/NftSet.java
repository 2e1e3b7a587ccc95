package org.ipspipeline.ips.enforce.nftables;

import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.Addresses;
import org.jspecify.annotations.Nullable;

/**
 * A set for the banned prefixes of one length: {@code ban4_32}, {@code ban6_64}. Sets of single length are hashes, in which
 * prefixes that contain each other stand side by side, which one set of intervals does not allow.
 *
 * @param ipv4 whether it is for IPv4
 * @param length of its prefixes, in their family
 */
record NftSet(boolean ipv4, int length) {

    private static final int IPV4_OFFSET = 96;
    private static final String NAME = "ban";

    static NftSet of(long high, long low, int prefixLength) {
        boolean ipv4 = Addresses.isIpv4(high, low) && prefixLength >= IPV4_OFFSET;
        return new NftSet(ipv4, ipv4 ? prefixLength - IPV4_OFFSET : prefixLength);
    }

    /** The set of a name, or null if it is none of ours. */
    static @Nullable NftSet named(String name) {
        if (!name.matches(NAME + "(4_([0-9]|[12][0-9]|3[0-2])|6_([0-9]{1,2}|1[01][0-9]|12[0-8]))")) {
            return null;
        }
        boolean ipv4 = name.charAt(NAME.length()) == '4';
        return new NftSet(ipv4, Integer.parseInt(name.substring(NAME.length() + 2)));
    }

    String name() {
        return NAME + (ipv4 ? "4_" : "6_") + length;
    }

    /** The length of its prefixes of the 128 bits of an IPv6 address. */
    int prefixLength() {
        return ipv4 ? length + IPV4_OFFSET : length;
    }

    String type() {
        return ipv4 ? "ipv4_addr" : "ipv6_addr";
    }

    String counter() {
        return ipv4 ? "dropped4" : "dropped6";
    }

    /** What of a packet is looked up in the set. */
    String match() {
        String source = ipv4 ? "ip saddr" : "ip6 saddr";
        int prefix = prefixLength();
        if (prefix == 128) {
            return source;
        }
        long high = prefix >= Long.SIZE ? -1L : prefix == 0 ? 0 : -1L << (Long.SIZE - prefix);
        long low = prefix <= Long.SIZE ? 0 : -1L << (128 - prefix);
        String mask = ipv4
                ? AddressFormatter.toString(0, Addresses.lowOfIpv4((int) low))
                : AddressFormatter.toString(high, low);
        return source + " & " + mask;
    }
}
