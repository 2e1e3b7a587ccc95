package org.ipspipeline.ips.match.syntax;

import org.jspecify.annotations.Nullable;

/**
 * The tags that stand for an address in fail2ban's expressions. Each expands to a regular expression with the named groups {@link
 * #IPV4_GROUP}, {@link #IPV6_GROUP} and {@link #NAME_GROUP}, whichever it can match.
 */
public enum AddressTag {
    /** An address, perhaps in brackets, or a host name. */
    HOST(true, true, true),
    /** An address, perhaps in brackets: what {@code <HOST>} means too where names are not resolved. */
    ADDR(true, true, false),
    /** An IPv4 address, perhaps written as IPv4-mapped. */
    IP4(true, false, false),
    /** An IPv6 address. */
    IP6(false, true, false);

    /** The group that holds a dotted IPv4 address. */
    public static final String IPV4_GROUP = "ip4";

    /** The group that holds an IPv6 address, without brackets. */
    public static final String IPV6_GROUP = "ip6";

    /** The group that holds a host name. */
    public static final String NAME_GROUP = "dns";

    private static final String IPV4 = "(?:::f{4,6}:)?(?<ip4>(?:\\d{1,3}\\.){3}\\d{1,3})";
    private static final String IPV6 = "(?<ip6>(?:[0-9a-fA-F]{1,4}::?|::){1,7}(?:[0-9a-fA-F]{1,4}|(?<=:):))";
    private static final String NAME = "(?<dns>[\\w\\-.^_]*\\w)";

    private final boolean ipv4;
    private final boolean ipv6;
    private final boolean named;

    AddressTag(boolean ipv4, boolean ipv6, boolean named) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.named = named;
    }

    /** {@return whether a dotted IPv4 address matches} */
    public boolean takesIpv4() {
        return ipv4;
    }

    /** {@return whether an IPv6 address matches} */
    public boolean takesIpv6() {
        return ipv6;
    }

    /** {@return whether an address may stand in brackets} */
    public boolean takesBrackets() {
        return ipv4 && ipv6;
    }

    /** {@return whether a host name matches, where no address does} */
    public boolean takesName() {
        return named;
    }

    /** {@return the tag as it stands in an expression, such as {@code <HOST>}} */
    public String tag() {
        return "<" + name() + ">";
    }

    /** {@return the regular expression, in the syntax of {@link java.util.regex.Pattern}, that the tag stands for} */
    public String regex() {
        return switch (this) {
            case HOST -> "(?:" + ADDR.regex() + "|" + NAME + ")";
            case ADDR -> "\\[?(?:" + IPV4 + "|" + IPV6 + ")\\]?";
            case IP4 -> IPV4;
            case IP6 -> IPV6;
        };
    }

    /**
     * Finds the tag that begins at a place of an expression.
     *
     * @param expression holds the tag
     * @param at the index of its first character
     * @return the tag, or null where none begins there
     */
    public static @Nullable AddressTag at(String expression, int at) {
        if (at < expression.length() && expression.charAt(at) == '<') {
            for (AddressTag tag : values()) {
                if (expression.startsWith(tag.tag(), at)) {
                    return tag;
                }
            }
        }
        return null;
    }
}
