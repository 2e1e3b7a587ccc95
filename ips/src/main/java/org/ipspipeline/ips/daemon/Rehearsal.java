package org.ipspipeline.ips.daemon;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.ban.KeeperOptions;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.jail.Feed;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceLog;

/**
 * Runs the pipeline on made-up lines before the first real one comes. A JVM interprets what it has not run often, and compiles it while it
 * has better things to do: without a rehearsal, the first attackers of a daemon that was just started get through for a second longer.
 *
 * <p>The lines come through a ring, as real ones do, and the bans go to the real enforcers, so that what is compiled is what will run. The
 * clients are of 240.0.0.0/4, and of 100::/64, from where no packet comes (RFC 1112, RFC 6666).
 */
final class Rehearsal {

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration TURN = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofNanos(50_000);
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(1);

    /** Compilers that finish nothing for so many turns are as good as done. A large method takes them a few turns. */
    private static final int RESTING_TURNS = 6;

    private static final long RESTING_MILLIS = 5;

    private static final int MOST_CLIENTS = 4096;
    private static final int FAILURES = 3;
    private static final Duration BAN_TIME = Duration.ofMillis(30);
    private static final int RESERVED_NETWORK = 0xF000_0000;

    /** Of so many lines one is no failure, for either of two reasons. */
    private static final int INNOCENT = 8;

    private static final byte[] DATE = "2026-01-31 23:59:59 ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_BURST = 2048;

    private Rehearsal() {}

    /**
     * Runs the pipeline until the JVM has little left to compile, for three seconds at most.
     *
     * @param line makes a failure's line of a client, of which it is given the IPv4 address
     * @param feeding what judges the lines
     * @param enforcers used where bans are immediate and end by themselves
     * @param room bans that the enforcers have room for
     * @throws IOException if there is no place for a ring
     * @throws InterruptedException if the thread is interrupted; the rehearsal ends with it
     */
    static void run(IntFunction<byte[]> line, Function<LineSource, Feed> feeding, List<Enforcer> enforcers, int room)
            throws IOException, InterruptedException {
        // A ban that has ended stays for a moment.
        int clients = Math.max(1, Math.min(MOST_CLIENTS, room / 4));
        byte[][] lines = lines(line, clients);
        List<Enforcer> ending = enforcers.stream()
                .filter(enforcer -> enforcer.immediate() && enforcer.expires())
                .toList();
        JailPolicies policies = JailPolicies.of();
        // Fewer than there are clients, so that the stalest go.
        FailureTable failures = new FailureTable(MOST_CLIENTS / 2, AddressHash.random(), System.nanoTime());
        int longest = Arrays.stream(lines).mapToInt(text -> text.length).max().orElse(1);
        try (RehearsalRing ring = new RehearsalRing(longest);
                BanKeeper keeper = new BanKeeper(
                        KeeperOptions.defaults().withMaxBans(4 * clients), policies, failures, ending, List.of())) {
            Plan plan = Plan.of(ring.open().stream().map(feeding).toList(), policy());
            policies.replace(plan.atWork());
            BanWorker worker = keeper.newWorker();
            Reading reading = Reading.start(
                    plan,
                    new DaemonOptions(1, false, MOST_CLIENTS, clients, false),
                    new Doorbell(LONGEST_SLEEP.toNanos()),
                    policies,
                    number -> worker,
                    new LineTotals(),
                    SourceLog.silent());
            try {
                write(lines, ring);
            } finally {
                reading.drain();
                for (Feed feed : plan.feeds()) {
                    feed.source().close();
                }
            }
        }
        // A ban that was put into force last has ended then.
        long ended = System.nanoTime() + BAN_TIME.toNanos();
        ending.forEach(enforcer -> enforcer.sweep(ended));
    }

    private static JailPolicy policy() {
        return JailPolicy.of(
                "rehearsal", new FailureRule(0, FAILURES, TimeUnit.MINUTES.toNanos(1), BAN_TIME.toNanos()));
    }

    /** In the order in which they are written, again and again: failures of each client, and other lines between. */
    private static byte[][] lines(IntFunction<byte[]> line, int clients) {
        List<byte[]> lines = new ArrayList<>();
        Random random = new Random();
        for (int client = 0; client < clients; client++) {
            // Scattered, so that their texts are of all lengths.
            byte[] failure = line.apply(RESERVED_NETWORK | random.nextInt() >>> 4);
            byte[] dated = concatenation(DATE, failure);
            for (int i = 0; i < FAILURES; i++) {
                // An anchored pattern does not match what begins with a date; others mostly meet such lines.
                lines.add(random.nextBoolean() ? failure : dated);
            }
            if (random.nextInt(INNOCENT) == 0) {
                lines.add(Arrays.copyOf(failure, random.nextInt(failure.length)));
            }
            if (random.nextInt(INNOCENT) == 0) {
                lines.add(new byte[0]);
            }
        }
        return lines.toArray(byte[][]::new);
    }

    private static byte[] concatenation(byte[] head, byte[] tail) {
        return ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
    }

    /** In bursts of all lengths: under attack blocks are full, and otherwise they hold a line or two. */
    private static void write(byte[][] lines, RehearsalRing ring) throws InterruptedException {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        if (compilers == null || !compilers.isCompilationTimeMonitoringSupported()) {
            return;
        }
        Random random = new Random();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long compiled = compilers.getTotalCompilationTime();
        int resting = 0;
        int next = 0;
        do {
            long before = compiled;
            long end = System.nanoTime() + TURN.toNanos();
            while (System.nanoTime() - end < 0) {
                int burst = 1 << random.nextInt(Integer.numberOfTrailingZeros(LONGEST_BURST));
                while (burst > 0 && ring.write(lines[next])) {
                    next = (next + 1) % lines.length;
                    burst--;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            compiled = compilers.getTotalCompilationTime();
            resting = compiled - before > RESTING_MILLIS ? 0 : resting + 1;
        } while (resting < RESTING_TURNS && System.nanoTime() - deadline < 0);
    }
}
