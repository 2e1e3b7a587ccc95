package org.ipspipeline.ips.daemon;

import java.util.List;
import java.util.Set;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.jail.ActiveJail;
import org.ipspipeline.ips.jail.Feed;
import org.ipspipeline.ips.jail.JailMeter;
import org.ipspipeline.ips.jail.JailSet;
import org.jspecify.annotations.Nullable;

/** What the daemon is to do: where lines come from, what judges them, and what to do about their failures. Immutable. */
public final class Plan {

    /** Reads nothing. */
    public static final Plan NOTHING = of(List.of(), JailSet.EMPTY, Set.of());

    private final Feed[] feeds;
    private final List<JailPolicy> policies;
    private final @Nullable JailMeter[] meters;
    private final Set<String> idle;

    private Plan(List<Feed> feeds, List<JailPolicy> policies, @Nullable JailMeter[] meters, Set<String> idle) {
        this.feeds = feeds.toArray(Feed[]::new);
        this.policies = List.copyOf(policies);
        this.meters = meters;
        this.idle = Set.copyOf(idle);
    }

    /**
     * A single jail.
     *
     * @param feeds where lines come from
     * @param policy what to do about their failures
     * @return the plan
     */
    public static Plan of(List<Feed> feeds, JailPolicy policy) {
        @Nullable JailMeter[] meters = new JailMeter[policy.jail() + 1];
        meters[policy.jail()] = new JailMeter();
        return new Plan(feeds, List.of(policy), meters, Set.of());
    }

    /**
     * Several jails.
     *
     * @param feeds where lines come from
     * @param jails what to do about their failures
     * @param idle the names of jails whose failures are passed over
     * @return the plan
     */
    public static Plan of(List<Feed> feeds, JailSet jails, Set<String> idle) {
        int numbers = jails.jails().stream().mapToInt(ActiveJail::number).max().orElse(-1) + 1;
        @Nullable JailMeter[] meters = new JailMeter[numbers];
        jails.jails().forEach(jail -> meters[jail.number()] = jail.meter());
        return new Plan(feeds, jails.policies(), meters, idle);
    }

    /** {@return where lines come from; the pipeline numbers them in this order} */
    public List<Feed> feeds() {
        return List.of(feeds);
    }

    /** {@return all jails, the idle ones included} */
    public List<JailPolicy> policies() {
        return policies;
    }

    /** The jails whose failures count. */
    List<JailPolicy> atWork() {
        return policies.stream().filter(policy -> !idle.contains(policy.name())).toList();
    }

    /** {@return the jail of that name, or null} */
    public @Nullable JailPolicy policy(String name) {
        return policies.stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * {@return whether a jail's failures are passed over}
     *
     * @param name the jail's
     */
    public boolean isIdle(String name) {
        return idle.contains(name);
    }

    Feed feed(int source) {
        return feeds[source];
    }

    /**
     * {@return what a jail has done; null if there is no such jail (any more)}
     *
     * @param jail the jail's number
     */
    public @Nullable JailMeter meter(int jail) {
        return jail >= 0 && jail < meters.length ? meters[jail] : null;
    }

    /** Whether blocks of a source must be judged in their order. */
    boolean ordered() {
        return feeds().stream().anyMatch(Feed::ordered);
    }
}
