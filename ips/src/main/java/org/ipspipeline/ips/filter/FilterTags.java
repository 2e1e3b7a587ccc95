package org.ipspipeline.ips.filter;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces fail2ban's tags in an expression by what they stand for, in Python's syntax. {@code <F-NAME>...</F-NAME>} becomes
 * a group of that name in lower case; addresses become the groups {@code ip4}, {@code ip6}, {@code dns}, {@code cidr} and
 * {@code fid}.
 */
final class FilterTags {

    private static final String IP4 = "(?:::f{4,6}:)?(?P<ip4>(?:\\d{1,3}\\.){3}\\d{1,3})";
    private static final String IP6 = "(?P<ip6>(?:[0-9a-fA-F]{1,4}::?|::){1,7}(?:[0-9a-fA-F]{1,4}|(?<=:):))";
    private static final String DNS = "(?P<dns>[\\w\\-.^_]*\\w)";
    private static final String CIDR = "(?P<cidr>\\d+)";
    private static final String ADDR = "\\[?(?:" + IP4 + "|" + IP6 + ")\\]?";
    private static final String HOST = "(?:" + ADDR + "|" + DNS + ")";
    private static final String SUBNET = "\\[?(?:" + IP4 + "|" + IP6 + ")(?:/" + CIDR + ")?\\]?";

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("IP4", IP4),
            Map.entry("F-IP4/", IP4),
            Map.entry("IP6", IP6),
            Map.entry("F-IP6/", IP6),
            Map.entry("ADDR", ADDR),
            Map.entry("F-ADDR/", ADDR),
            Map.entry("DNS", DNS),
            Map.entry("F-DNS/", DNS),
            Map.entry("CIDR", CIDR),
            Map.entry("F-CIDR/", CIDR),
            Map.entry("SUBNET", SUBNET),
            Map.entry("F-SUBNET/", SUBNET),
            Map.entry("F-ID/", "(?P<fid>\\S+)"),
            Map.entry("F-PORT/", "(?P<fport>\\w+)"));

    private static final Set<String> ADDRESS_TAGS = Set.of("HOST", "ADDR", "IP4", "IP6");
    private static final Pattern TAG = Pattern.compile("<(/?[\\w-]+/?)>");
    private static final Pattern CUSTOM = Pattern.compile("(/?)F-([A-Z0-9_-]+)");

    /** {@code (?i)} at the beginning of a group holds for the group, not for all of the expression. */
    private static final Pattern FLAGS_OF_GROUP = Pattern.compile("(?<!\\\\)\\((?:\\?:)?(\\(\\?[a-z]+)\\)");

    private FilterTags() {}

    /**
     * Replaces all tags.
     *
     * @param regex an expression of a filter
     * @param useDns whether {@code <HOST>} takes names
     * @return an expression in Python's syntax without tags
     */
    static String expand(String regex, UseDns useDns) {
        return expand(regex, useDns, false);
    }

    /**
     * Replaces all tags but {@code <HOST>}, {@code <ADDR>}, {@code <IP4>} and {@code <IP6>}: for who wants to see where the
     * address stands.
     */
    static String expandAllButAddresses(String regex, UseDns useDns) {
        return expand(regex, useDns, true);
    }

    private static String expand(String regex, UseDns useDns, boolean keepAddresses) {
        StringBuilder expanded = new StringBuilder();
        Set<String> open = new HashSet<>();
        int skipLines = 0;
        Matcher tag = TAG.matcher(regex);
        while (tag.find()) {
            String name = tag.group(1);
            String replacement;
            if (name.equals("SKIPLINES")) {
                replacement = "\\n(?P<skiplines" + skipLines++ + ">(?:(?:.*\\n)*?))";
            } else if (keepAddresses && ADDRESS_TAGS.contains(name)) {
                replacement = name.equals("HOST") && useDns == UseDns.NO ? "<ADDR>" : tag.group();
            } else if (name.equals("HOST")) {
                replacement = useDns == UseDns.NO ? ADDR : HOST;
            } else {
                replacement = FIXED.getOrDefault(name, customTag(name, tag.group(), open));
            }
            tag.appendReplacement(expanded, Matcher.quoteReplacement(replacement));
        }
        tag.appendTail(expanded);
        return FLAGS_OF_GROUP.matcher(expanded).replaceAll("$1:");
    }

    private static String customTag(String name, String original, Set<String> open) {
        Matcher custom = CUSTOM.matcher(name);
        if (!custom.matches()) {
            return original;
        }
        String group = custom.group(2);
        if (custom.group(1).isEmpty()) {
            open.add(group);
            return "(?P<" + groupName(group) + ">";
        }
        return open.contains(group) ? ")" : original;
    }

    /** The name of the group that a tag {@code <F-NAME>} makes. */
    static String groupName(String tag) {
        String name = tag.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "id" -> "fid";
            case "port" -> "fport";
            default -> name;
        };
    }
}
