package org.ipspipeline.ips.ban;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies in force, by the numbers of their jails. Any thread may read; a reload puts others in their place at once. */
public final class JailPolicies {

    private volatile @Nullable JailPolicy[] byJail;
    private volatile boolean anyCountsAllJails;

    private JailPolicies(List<JailPolicy> policies) {
        byJail = index(policies);
        anyCountsAllJails = anyCountsAllJails(policies);
    }

    /**
     * Policies to begin with.
     *
     * @param policies of different jails
     * @return a holder of them
     */
    public static JailPolicies of(JailPolicy... policies) {
        return new JailPolicies(List.of(policies));
    }

    /**
     * Puts others in their place, for all threads at once.
     *
     * @param policies of different jails
     */
    public void replace(Collection<JailPolicy> policies) {
        byJail = index(policies);
        anyCountsAllJails = anyCountsAllJails(policies);
    }

    /** Whether there is a jail whose bans grow by the bans of all jails. */
    boolean anyCountsAllJails() {
        return anyCountsAllJails;
    }

    /**
     * Looks a policy up.
     *
     * @param jail a jail's number
     * @return its policy; null if there is no such jail (any more)
     */
    public @Nullable JailPolicy get(int jail) {
        @Nullable JailPolicy[] policies = byJail;
        return jail >= 0 && jail < policies.length ? policies[jail] : null;
    }

    /** All of them. */
    List<JailPolicy> all() {
        List<JailPolicy> all = new ArrayList<>();
        for (JailPolicy policy : byJail) {
            if (policy != null) {
                all.add(policy);
            }
        }
        return all;
    }

    /** Asks all ignore lists anew: names are resolved, so this may take a while. */
    void refreshIgnored() {
        for (JailPolicy policy : byJail) {
            if (policy != null) {
                policy.ignored().refresh();
            }
        }
    }

    /**
     * Looks a jail up by its name.
     *
     * @param name as operators know it
     * @return its number; -1 if there is no such jail (any more)
     */
    public int numberOf(String name) {
        for (JailPolicy policy : byJail) {
            if (policy != null && policy.name().equals(name)) {
                return policy.jail();
            }
        }
        return -1;
    }

    private static boolean anyCountsAllJails(Collection<JailPolicy> policies) {
        return policies.stream().map(JailPolicy::times).anyMatch(times -> times.increments() && times.overAllJails());
    }

    private static @Nullable JailPolicy[] index(Collection<JailPolicy> policies) {
        int length = policies.stream().mapToInt(JailPolicy::jail).max().orElse(-1) + 1;
        @Nullable JailPolicy[] byJail = new JailPolicy[length];
        for (JailPolicy policy : policies) {
            byJail[policy.jail()] = policy;
        }
        return byJail;
    }
}
