package org.ipspipeline.ips.enforce.nftables;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.enforce.PortSets;
import org.jspecify.annotations.Nullable;

/**
 * A set for the banned prefixes of one length: {@code ban4_32}, {@code ban6_64}, and {@code ban4_32_ports1} for those that are banned
 * from some ports. Sets of single length are hashes, in which prefixes that contain each other stand side by side, which one set of
 * intervals does not allow.
 *
 * @param ipv4 whether it is for IPv4
 * @param length of its prefixes, in their family
 * @param portSet from which ports, a number of {@link PortSets}
 */
record NftSet(boolean ipv4, int length, int portSet) {

    private static final int IPV4_OFFSET = 96;
    private static final Pattern NAME = Pattern.compile("ban([46])_([0-9]{1,3})(?:_ports([0-9]{1,3}))?");

    static NftSet of(long high, long low, int prefixLength, int portSet) {
        boolean ipv4 = Addresses.isIpv4(high, low) && prefixLength >= IPV4_OFFSET;
        return new NftSet(ipv4, ipv4 ? prefixLength - IPV4_OFFSET : prefixLength, portSet);
    }

    /** The set of a name, or null if it is none of ours. */
    static @Nullable NftSet named(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return null;
        }
        boolean ipv4 = parts.group(1).equals("4");
        int length = Integer.parseInt(parts.group(2));
        int portSet = parts.group(3) == null ? PortSets.EVERYTHING : Integer.parseInt(parts.group(3));
        NftSet set = new NftSet(ipv4, length, portSet);
        return set.prefixLength() <= 128 && set.name().equals(name) ? set : null;
    }

    String name() {
        return "ban" + (ipv4 ? "4_" : "6_") + length + (portSet == PortSets.EVERYTHING ? "" : "_ports" + portSet);
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
