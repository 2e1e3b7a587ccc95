package org.ipspipeline.ips.ban;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.address.Addresses;

/**
 * When a jail bans a whole IPv4 network: as soon as so many of its addresses are banned at the same time.
 *
 * @param bans how many, at least 2
 * @param bits the leading bits of the network, 8 to 31
 */
public record CrowdRule(int bans, int bits) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,2})");
    private static final int IPV4_OFFSET = 96;
    private static final int FEWEST_BITS = 8;
    private static final int MOST_BITS = 31;

    /** Checks the values. */
    public CrowdRule {
        if (bits < FEWEST_BITS || bits > MOST_BITS) {
            throw new IllegalArgumentException("a network that is banned as a whole has " + FEWEST_BITS + " to "
                    + MOST_BITS + " leading bits, not " + bits);
        }
        if (bans < 2 || bans > 1 << (Integer.SIZE - bits)) {
            throw new IllegalArgumentException("a network of /" + bits + " is banned for 2 to "
                    + (1 << (Integer.SIZE - bits)) + " of its addresses, not for " + bans);
        }
    }

    /**
     * Reads a rule.
     *
     * @param text such as {@code 8/24}: a /24 is banned when 8 of its addresses are
     * @return the rule
     * @throws IllegalArgumentException saying in one line what is wrong
     */
    public static CrowdRule parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no number of bans and of bits: write such as 8/24, to ban a /24 for 8 of its addresses");
        }
        return new CrowdRule(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /** The length of the network's prefix, of the 128 bits of an IPv6 address. */
    int prefixLength() {
        return IPV4_OFFSET + bits;
    }

    /** The lower half of the network that an IPv4 address belongs to. */
    long network(long low) {
        return low & -1L << (Integer.SIZE - bits);
    }

    /** Whether a ban is one of those that are counted: of a single IPv4 address. */
    static boolean counts(long high, long low, int prefixLength) {
        return prefixLength == AddressPrefix.FULL_LENGTH && Addresses.isIpv4(high, low);
    }

    /**
     * {@return as {@link #parse} reads it}
     */
    @Override
    public String toString() {
        return bans + "/" + bits;
    }
}
