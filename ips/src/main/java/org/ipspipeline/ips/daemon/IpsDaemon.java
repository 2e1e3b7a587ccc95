package org.ipspipeline.ips.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.ipspipeline.bpf.TrafficCounters;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanListener;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.ban.KeeperOptions;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.count.Outcome;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.PortSets;
import org.ipspipeline.ips.enforce.xdp.XdpEnforcer;
import org.ipspipeline.ips.jail.Feed;
import org.ipspipeline.ips.jail.JailMeter;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceLog;
import org.ipspipeline.ips.source.SourceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lines from sources, bans whom they give away, and lifts the bans on time. Runs from its construction until
 * {@link #close}; the sources and the enforcers are closed with it. Another plan can take the place of the first while it
 * runs: counts and bans stay.
 *
 * <p>Safe for use by many threads.
 */
public final class IpsDaemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IpsDaemon.class);

    private final DaemonOptions options;
    private final Doorbell doorbell;
    private final List<Enforcer> enforcers;
    private final PortSets portSets;
    private final List<BanListener> listeners;
    private final FailureTable failures;
    private final JailPolicies policies = JailPolicies.of();
    private final BanKeeper keeper;
    private final BanWorker operator;
    private final Map<Integer, BanWorker> workers = new ConcurrentHashMap<>();
    /** Of all jails that there ever were: bans end after their jail. */
    private final Map<Integer, String> jailNames = new ConcurrentHashMap<>();

    private final LineTotals totals = new LineTotals();
    private final long begin = System.nanoTime();
    private volatile Plan plan = Plan.NOTHING;
    private volatile Reading reading;

    /** While one pipeline has ended and the next has not begun, the daemon still runs. */
    private volatile boolean changing;

    private boolean drained;

    /**
     * Starts to read nothing.
     *
     * @param options how it works
     * @param doorbell what the sources ring
     * @param enforcers put bans into force
     * @param listeners told what happens to bans
     */
    public IpsDaemon(DaemonOptions options, Doorbell doorbell, List<Enforcer> enforcers, List<BanListener> listeners) {
        this.options = options;
        this.doorbell = doorbell;
        this.enforcers = List.copyOf(enforcers);
        portSets = new PortSets(this.enforcers);
        this.listeners = listeners(listeners);
        failures = new FailureTable(options.maxTracked(), AddressHash.random(), System.nanoTime());
        keeper = new BanKeeper(
                KeeperOptions.defaults().withMaxBans(options.maxBans()),
                policies,
                failures,
                this.enforcers,
                this.listeners);
        operator = keeper.newWorker();
        reading = read(plan);
    }

    private List<BanListener> listeners(List<BanListener> others) {
        List<BanListener> all = new ArrayList<>(others);
        all.add(new BanMeters(jail -> plan.meter(jail)));
        if (options.logBans()) {
            all.add(new BanLog(this::jailName));
        }
        return all;
    }

    private Reading read(Plan next) {
        return Reading.start(
                next,
                options,
                doorbell,
                policies,
                number -> workers.computeIfAbsent(number, first -> keeper.newWorker()),
                totals,
                SourceLog.begin(() -> statuses(next)));
    }

    private static List<SourceStatus> statuses(Plan plan) {
        return plan.feeds().stream().map(feed -> feed.source().status()).toList();
    }

    /**
     * Goes over to another plan: what has come is handled by the present one, and then its sources that the other one does not
     * have are closed. Where the feeds are the very same objects, reading is not interrupted.
     *
     * @param next what to do from now on
     */
    public synchronized void follow(Plan next) {
        if (drained) {
            throw new IllegalStateException("the daemon has ended");
        }
        Plan before = plan;
        next.policies().forEach(policy -> jailNames.put(policy.jail(), policy.name()));
        policies.replace(next.atWork());
        keeper.followPolicies().join();
        plan = next;
        if (next.feeds().equals(before.feeds()) && before != Plan.NOTHING) {
            return;
        }
        changing = true;
        try {
            reading.drain();
            reading = read(next);
        } finally {
            changing = false;
        }
        List<Object> kept = next.feeds().stream().<Object>map(Feed::source).toList();
        for (Feed feed : before.feeds()) {
            if (!kept.contains(feed.source())) {
                close(feed);
            }
        }
    }

    private static void close(Feed feed) {
        try {
            feed.source().close();
        } catch (IOException failure) {
            LOG.warn("{}: did not close: {}", feed.source().status().name(), failure.getMessage());
        }
    }

    /**
     * Runs the daemon's code on made-up lines, with counts and bans apart from its own, so that the JVM has compiled it when the first
     * real line comes. Takes three seconds at most; no packet is dropped. Before the first {@link #follow}.
     *
     * @param line makes the line of a client's failure, of which it is given the IPv4 address
     * @param feeding what judges such lines; no part of it may be used for anything else
     * @throws IOException if there is no place for a ring
     * @throws InterruptedException if the thread is interrupted
     */
    public void rehearse(IntFunction<byte[]> line, Function<LineSource, Feed> feeding)
            throws IOException, InterruptedException {
        Rehearsal.run(line, feeding, enforcers, options.maxBans());
    }

    /** {@return how the pipeline is laid out over threads and CPUs, in a few lines} */
    public String describe() {
        return reading.describe();
    }

    /** {@return what puts bans into force, such as {@code xdp-native}} */
    public String enforcement() {
        return enforcers.stream().map(Enforcer::name).collect(Collectors.joining(", "));
    }

    /** {@return whether it still reads; false once all sources have ended, or after a failure} */
    public boolean isRunning() {
        return changing || reading.isRunning();
    }

    /** {@return what stopped it, if something did} */
    public Optional<Throwable> failure() {
        return reading.failure();
    }

    /** {@return the bans, to list, add and lift} */
    public BanKeeper bans() {
        return keeper;
    }

    /**
     * {@return a jail's name}
     *
     * @param jail its number; it may be gone
     */
    public String jailName(int jail) {
        return jailNames.getOrDefault(jail, "jail " + jail);
    }

    /**
     * Counts failures that an operator reports.
     *
     * @param jail the jail
     * @param address whose
     * @param attempts how many
     */
    public synchronized void attempt(JailPolicy jail, AddressPrefix address, int attempts) {
        JailMeter meter = plan.meter(jail.jail());
        operator.begin(System.nanoTime());
        Outcome outcome = operator.fail(jail, address.high(), address.low(), attempts, operator.timeOf(0), 0);
        operator.end();
        if (meter != null) {
            CountStage.note(meter, outcome);
        }
    }

    /** {@return the policies in force} */
    public JailPolicies policies() {
        return policies;
    }

    /** {@return the sets of ports that jails ban from} */
    public PortSets portSets() {
        return portSets;
    }

    /** {@return what it does at present} */
    public Plan plan() {
        return plan;
    }

    /** {@return what it has done so far} */
    public DaemonStatus status() {
        Plan present = plan;
        long dropped = enforcers.stream()
                .mapToLong(Enforcer::dropped)
                .filter(count -> count >= 0)
                .reduce(-1, (sum, count) -> Math.max(sum, 0) + count);
        return new DaemonStatus(
                (System.nanoTime() - begin) / 1e9,
                enforcement(),
                totals.lines(),
                totals.lost(),
                totals.failures(),
                keeper.report(),
                enforcers.stream().collect(Collectors.toMap(Enforcer::name, Enforcer::lost, Long::sum)),
                listeners.stream().mapToLong(BanListener::missed).sum(),
                present.feeds().stream().mapToLong(Feed::overBudget).sum(),
                present.feeds().stream().mapToLong(Feed::cutLines).sum(),
                present.feeds().stream().mapToLong(Feed::malformed).sum(),
                dropped,
                droppedByFamily(),
                statuses(present),
                reading.snapshot());
    }

    private Map<String, Long> droppedByFamily() {
        Map<String, Long> dropped = new LinkedHashMap<>();
        for (Enforcer enforcer : enforcers) {
            if (enforcer instanceof XdpEnforcer xdp) {
                TrafficCounters counters = xdp.filter().counters();
                dropped.merge("ipv4", counters.ipv4().dropped(), Long::sum);
                dropped.merge("ipv6", counters.ipv6().dropped(), Long::sum);
            }
        }
        return dropped;
    }

    /** {@return how it works} */
    public DaemonOptions options() {
        return options;
    }

    /**
     * {@return what a jail has done so far}
     *
     * @param jail of the present plan
     */
    public JailStatus jailStatus(JailPolicy jail) {
        Plan present = plan;
        JailMeter meter = present.meter(jail.jail());
        List<String> files = present.feeds().stream()
                .filter(feed -> feed.serves(jail.jail()))
                .flatMap(feed -> feed.source().members().stream())
                .toList();
        return JailStatus.of(
                jail,
                meter == null ? new JailMeter() : meter,
                failures.counting(jail.rule(), System.nanoTime()),
                files);
    }

    /** Handles what has come, and reads no more. Bans stay in force, and {@link #status} stays true. */
    public synchronized void drain() {
        if (drained) {
            return;
        }
        drained = true;
        reading.drain();
        plan.feeds().forEach(IpsDaemon::close);
        keeper.close();
    }

    /** Drains, and lets go of the enforcers: what they hold stays in force for as long as they keep it. */
    @Override
    public void close() {
        drain();
        enforcers.forEach(Enforcer::close);
    }
}
