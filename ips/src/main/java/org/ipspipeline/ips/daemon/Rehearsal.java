package org.ipspipeline.ips.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.ban.KeeperOptions;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.DryRunEnforcer;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.jail.Feed;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceLog;

/**
 * Runs the pipeline on made-up lines before the first real one comes, with counts and bans of its own. A JVM interprets what it has not
 * run often: without a rehearsal, the first attackers of a daemon that was just started get through for milliseconds longer.
 */
final class Rehearsal {

    private static final Duration LONGEST = Duration.ofMillis(600);
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(1);
    private static final int CLIENTS = 1 << 14;
    private static final int FAILURES = 3;
    private static final int FULL_LENGTH = 128;
    private static final int BATCH = 64;
    private static final int BATCHES = 300;

    /** 198.18.0.0, the first of the addresses set aside for measurements: RFC 2544. */
    private static final int FIRST_CLIENT = 198 << 24 | 18 << 16;

    private Rehearsal() {}

    /**
     * Runs the pipeline, for at most some 600 ms.
     *
     * @param line makes a failure's line of a client, of which it is given the IPv4 address
     * @param feeding what judges the lines
     * @throws InterruptedException if the thread is interrupted; the rehearsal ends with it
     */
    static void run(IntFunction<byte[]> line, Function<LineSource, Feed> feeding) throws InterruptedException {
        List<byte[]> lines = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            lines.addAll(Collections.nCopies(FAILURES, line.apply(FIRST_CLIENT + client)));
        }
        MadeUpLines source = new MadeUpLines(lines, System.nanoTime() + LONGEST.toNanos());
        JailPolicy policy = JailPolicy.of(
                "rehearsal", new FailureRule(0, FAILURES, TimeUnit.MINUTES.toNanos(1), TimeUnit.MINUTES.toNanos(1)));
        Plan plan = Plan.of(List.of(feeding.apply(source)), policy);
        JailPolicies policies = JailPolicies.of();
        policies.replace(plan.atWork());
        FailureTable failures = new FailureTable(CLIENTS, AddressHash.random(), System.nanoTime());
        BanKeeper keeper = new BanKeeper(
                KeeperOptions.defaults().withMaxBans(CLIENTS),
                policies,
                failures,
                List.of(new DryRunEnforcer()),
                List.of());
        BanWorker worker = keeper.newWorker();
        Reading reading = Reading.start(
                plan,
                new DaemonOptions(1, false, CLIENTS, CLIENTS, false),
                new Doorbell(LONGEST_SLEEP.toNanos()),
                policies,
                number -> worker,
                new LineTotals(),
                SourceLog.silent());
        try {
            while (reading.isRunning()) {
                TimeUnit.NANOSECONDS.sleep(LONGEST_SLEEP.toNanos());
            }
        } finally {
            reading.drain();
            keeper.close();
        }
    }

    /**
     * Puts bans that have ended already into force and lifts them, so that no packet is dropped.
     *
     * @param enforcer only one that is {@linkplain Enforcer#immediate() immediate} is rehearsed with
     */
    static void ban(Enforcer enforcer) {
        if (!enforcer.immediate() || !enforcer.expires()) {
            return;
        }
        EnforcementWriter writer = enforcer.newWriter();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        for (int batch = 0; batch < BATCHES && System.nanoTime() - deadline < 0; batch++) {
            BanBatch ended = new BanBatch(BATCH);
            for (int i = 0; i < BATCH; i++) {
                long low = Addresses.lowOfIpv4(FIRST_CLIENT + i);
                ended.add(0, low, FULL_LENGTH, deadline - TimeUnit.HOURS.toNanos(1), 0, 0);
            }
            writer.ban(ended);
            writer.unban(ended);
        }
    }
}
