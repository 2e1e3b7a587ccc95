package org.ipspipeline.benchmarks.ban;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.configuration.Action;
import org.ipspipeline.ips.enforce.DryRunEnforcer;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.action.ActionBackend;
import org.ipspipeline.ips.enforce.choice.EnforcerChoice;
import org.ipspipeline.ips.enforce.queue.QueuedEnforcer;
import org.ipspipeline.ips.enforce.xdp.XdpEnforcer;

/**
 * A JVM, in the target's network namespace and on one CPU, that bans what it reads from a ring which is full of lines of different
 * clients, and prints how many bans a second: the median of its last rounds.
 */
public final class BanPeer {

    private static final int WARM_UP = 3;
    private static final int ROUNDS = 3;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(100);

    private BanPeer() {}

    /**
     * Runs.
     *
     * @param arguments {@code xdp}, {@code nftables}, {@code ipset}, {@code action} or {@code dry-run}; {@code IPV4} or
     *     {@code IPV6}; how many bans
     * @throws Exception when something does not work
     */
    public static void main(String[] arguments) throws Exception {
        Family family = Family.valueOf(arguments[1]);
        int bans = Integer.parseInt(arguments[2]);
        boolean slow = arguments[0].equals("action");
        double[] rates = new double[slow ? 1 : ROUNDS];
        for (int round = slow ? 0 : -WARM_UP; round < rates.length; round++) {
            double rate = round(arguments[0], family, bans);
            if (round >= 0) {
                rates[round] = rate;
            }
        }
        Arrays.sort(rates);
        System.out.println(rates[rates.length / 2]);
        // What is left of daemon threads need not be waited for.
        System.exit(0);
    }

    private static double round(String way, Family family, int bans) throws Exception {
        Enforcer enforcer = open(way, bans);
        try (RingDaemon daemon = new RingDaemon(bans, 1, bans, bans, enforcer)) {
            new OffendingLines(family).writeAll(daemon.writer(), 0, bans);
            long begin = System.nanoTime();
            daemon.begin();
            while (daemon.daemon().bans().begun() + daemon.daemon().bans().rejected() < bans || waiting(enforcer)) {
                if (System.nanoTime() - begin > PATIENCE_NANOS) {
                    throw new IllegalStateException(way + ": "
                            + daemon.daemon().bans().begun() + " of " + bans + " bans after " + PATIENCE_NANOS + " ns");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            long nanos = System.nanoTime() - begin;
            check(enforcer, bans);
            return bans * 1e9 / nanos;
        }
    }

    private static boolean waiting(Enforcer enforcer) {
        return enforcer instanceof QueuedEnforcer queued && !queued.isIdle();
    }

    /** All must be in the kernel, by its own word. */
    private static void check(Enforcer enforcer, int bans) {
        long[] held = {0};
        if (enforcer.forEachBan((portSet, high, low, length, until, dropped) -> held[0]++) && held[0] != bans) {
            throw new IllegalStateException(enforcer.name() + ": holds " + held[0] + " of " + bans + " bans");
        }
    }

    private static Enforcer open(String way, int bans) throws IOException {
        return switch (way) {
            case "xdp" ->
                new XdpEnforcer(
                        XdpFilter.attach(VethPair.TARGET, XdpOptions.defaults().withMaxBans(bans)));
            case "nftables" -> EnforcerChoice.nftables(bans);
            case "ipset" -> EnforcerChoice.ipset(bans);
            case "action" ->
                QueuedEnforcer.start(
                        new ActionBackend(
                                0,
                                "bench",
                                new Action(
                                        "none", Map.of(), Map.of("actionban", "test -n <ip>", "actionflush", "true")),
                                Duration.ofSeconds(10)),
                        EnforcerChoice.QUEUE);
            case "dry-run" -> new DryRunEnforcer();
            default -> throw new IllegalArgumentException(way);
        };
    }
}
