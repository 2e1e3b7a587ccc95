package org.ipspipeline.ips.command;

import java.util.function.IntFunction;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;

/** The jails' names by their numbers, for enforcers that are there before the daemon is. */
final class JailNames implements IntFunction<String> {

    private volatile JailPolicies policies = JailPolicies.of();

    /** Takes the names from these from now on. */
    void follow(JailPolicies known) {
        policies = known;
    }

    @Override
    public String apply(int jail) {
        JailPolicy policy = policies.get(jail);
        return policy == null ? "jail " + jail : policy.name();
    }
}
