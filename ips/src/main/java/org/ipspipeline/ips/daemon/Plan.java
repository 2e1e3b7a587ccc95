package org.ipspipeline.ips.daemon;

import java.util.List;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.jail.ActiveJail;
import org.ipspipeline.ips.jail.Feed;
import org.ipspipeline.ips.jail.JailMeter;
import org.ipspipeline.ips.jail.JailSet;
import org.jspecify.annotations.Nullable;

/** What the daemon is to do: where lines come from, what judges them, and what to do about their failures. Immutable. */
public final class Plan {

    /** Reads nothing. */
    public static final Plan NOTHING = of(List.of(), JailSet.EMPTY);

    private final Feed[] feeds;
    private final List<JailPolicy> policies;
    private final @Nullable JailMeter[] meters;

    private Plan(List<Feed> feeds, List<JailPolicy> policies, @Nullable JailMeter[] meters) {
        this.feeds = feeds.toArray(Feed[]::new);
        this.policies = List.copyOf(policies);
        this.meters = meters;
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
        return new Plan(feeds, List.of(policy), meters);
    }

    /**
     * Several jails.
     *
     * @param feeds where lines come from
     * @param jails what to do about their failures
     * @return the plan
     */
    public static Plan of(List<Feed> feeds, JailSet jails) {
        int numbers = jails.jails().stream().mapToInt(ActiveJail::number).max().orElse(-1) + 1;
        @Nullable JailMeter[] meters = new JailMeter[numbers];
        jails.jails().forEach(jail -> meters[jail.number()] = jail.meter());
        return new Plan(feeds, jails.policies(), meters);
    }

    /** {@return where lines come from; the pipeline numbers them in this order} */
    List<Feed> feeds() {
        return List.of(feeds);
    }

    List<JailPolicy> policies() {
        return policies;
    }

    Feed feed(int source) {
        return feeds[source];
    }

    /** The meter of a jail; null if there is no such jail (any more). */
    @Nullable
    JailMeter meter(int jail) {
        return jail >= 0 && jail < meters.length ? meters[jail] : null;
    }

    /** Whether blocks of a source must be judged in their order. */
    boolean ordered() {
        return feeds().stream().anyMatch(Feed::ordered);
    }
}
