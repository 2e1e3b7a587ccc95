package org.ipspipeline.ips.enforce.ipset;

import java.util.List;

/**
 * How bans are kept in sets of ipset.
 *
 * @param prefix what comes before a program, such as {@code ip netns exec NAME}; usually nothing
 * @param name the sets' names without the 4 or 6 at their end
 * @param maxBans how many members each set may have
 * @param rules whether to put iptables rules for the sets in place; without, the operator's own rules use them
 * @param keep whether sets, rules and bans stay when the daemon ends in order; they always do when it is killed
 */
public record IpsetOptions(List<String> prefix, String name, int maxBans, boolean rules, boolean keep) {

    /** Checks the values. */
    public IpsetOptions {
        prefix = List.copyOf(prefix);
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,24}")) {
            throw new IllegalArgumentException(
                    "ipset: a set's name is up to 25 letters, digits, - and _, not '" + name + "'");
        }
        if (maxBans < 1) {
            throw new IllegalArgumentException("ipset: the number of bans must be at least 1, not " + maxBans);
        }
    }

    /**
     * {@return the sets {@code ips-pipeline4} and {@code ips-pipeline6} with room for a million bans, with rules, removed in
     * the end}
     */
    public static IpsetOptions defaults() {
        return new IpsetOptions(List.of(), "ips-pipeline", 1 << 20, true, false);
    }

    /**
     * Sets {@link #prefix()}.
     *
     * @param words what comes before a program
     * @return a changed copy
     */
    public IpsetOptions withPrefix(String... words) {
        return new IpsetOptions(List.of(words), name, maxBans, rules, keep);
    }

    /**
     * Sets {@link #maxBans()}.
     *
     * @param bans at least 1
     * @return a changed copy
     */
    public IpsetOptions withMaxBans(int bans) {
        return new IpsetOptions(prefix, name, bans, rules, keep);
    }

    /**
     * Sets {@link #rules()}.
     *
     * @param own whether the daemon puts rules in place
     * @return a changed copy
     */
    public IpsetOptions withRules(boolean own) {
        return new IpsetOptions(prefix, name, maxBans, own, keep);
    }

    /**
     * Sets {@link #keep()}.
     *
     * @param stays whether bans stay
     * @return a changed copy
     */
    public IpsetOptions withKeep(boolean stays) {
        return new IpsetOptions(prefix, name, maxBans, rules, stays);
    }
}
