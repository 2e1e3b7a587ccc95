package org.ipspipeline.ips.ban;

import org.eclipse.collections.impl.map.mutable.primitive.LongIntHashMap;
import org.ipspipeline.ips.address.AddressPrefix;
import org.jspecify.annotations.Nullable;

/**
 * How many addresses of each IPv4 network are banned in each jail that has a {@link CrowdRule}. One entry of 12 bytes for a network with
 * bans, at twice as many places. For one thread.
 */
final class Crowds {

    private final JailPolicies policies;
    private final LongIntHashMap counts = new LongIntHashMap();

    Crowds(JailPolicies policies) {
        this.policies = policies;
    }

    /** The rule for a ban in a jail; null if there is none. */
    @Nullable
    CrowdRule rule(int jail, long high, long low, int prefixLength) {
        JailPolicy policy = policies.get(jail);
        CrowdRule rule = policy == null ? null : policy.crowdRule();
        return rule != null && CrowdRule.counts(high, low, prefixLength) ? rule : null;
    }

    /**
     * An address is banned.
     *
     * @return whether its network is to be banned: it has as many bans as the rule says, and nobody in it is ignored
     */
    boolean enter(int jail, CrowdRule rule, long low) {
        long network = rule.network(low);
        int count = counts.addToValue(key(jail, network), 1);
        JailPolicy policy = policies.get(jail);
        return count >= rule.bans()
                && policy != null
                && !policy.ignored().overlaps(new AddressPrefix(0, network, rule.prefixLength()));
    }

    /** An address's ban has ended. */
    void leave(int jail, CrowdRule rule, long low) {
        long key = key(jail, rule.network(low));
        if (counts.addToValue(key, -1) <= 0) {
            counts.removeKey(key);
        }
    }

    /** Counts anew, as rules have changed. */
    void count(BanTable table) {
        counts.clear();
        for (int ban = 0; ban < table.bound(); ban++) {
            if (table.isBan(ban)) {
                CrowdRule rule = rule(table.jail(ban), table.high(ban), table.low(ban), table.prefixLength(ban));
                if (rule != null) {
                    counts.addToValue(key(table.jail(ban), rule.network(table.low(ban))), 1);
                }
            }
        }
    }

    /** How many networks have bans. */
    int networks() {
        return counts.size();
    }

    /** A jail has one rule at a time, so that the network's length need not be in it. */
    private static long key(int jail, long network) {
        return (long) jail << Integer.SIZE | (network & 0xFFFF_FFFFL);
    }
}
