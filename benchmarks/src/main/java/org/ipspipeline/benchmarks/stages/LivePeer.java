package org.ipspipeline.benchmarks.stages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.daemon.DaemonOptions;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.Plan;
import org.ipspipeline.ips.enforce.xdp.XdpEnforcer;
import org.ipspipeline.ips.jail.PatternFeed;
import org.ipspipeline.ips.jail.PatternFeed.PatternMatchers;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.ring.RingSource;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.ipspipeline.pipeline.metrics.Quantiles;

/**
 * A JVM with a daemon on a ring and a thread that writes lines at a steady rate, all of them failures of 65,534 clients in turn. Prints a
 * line a stage: its name, and the nanoseconds that a block took it, p50, p99 and p99.9; the last is the time from a line's stamp to the
 * end of its ban.
 */
public final class LivePeer {

    private static final int CLIENTS = 65_534;
    private static final int FIRST = 0x0A00_0000;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_SLEEP_NANOS = 50_000;
    private static final int MAX_BANS = 1 << 18;

    private final SegmentWriter writer;
    private final long lineNanos;
    private final byte[][] lines = new byte[CLIENTS][];
    private int next;

    private LivePeer(SegmentWriter writer, int linesPerSecond) {
        this.writer = writer;
        this.lineNanos = TimeUnit.SECONDS.toNanos(1) / linesPerSecond;
        for (int client = 0; client < CLIENTS; client++) {
            String address = AddressFormatter.toString(0, Addresses.lowOfIpv4(FIRST + client));
            lines[client] = ("2026-01-01 00:00:00 client " + address + " exceeded request rate limit")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * Runs.
     *
     * @param arguments lines a second
     * @throws Exception when something does not work
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("/dev/shm"), "ips-stages-");
        Path path = directory.resolve("ring");
        try (VethPair pair = VethPair.create();
                Ring ring = Ring.create(
                        path, RingOptions.builder().lines(1 << 16).lineSize(128).build());
                SegmentWriter writer = ring.claim(0);
                XdpEnforcer enforcer = new XdpEnforcer(pair.onTarget(() ->
                        XdpFilter.attach(VethPair.TARGET, XdpOptions.defaults().withMaxBans(MAX_BANS))));
                IpsDaemon daemon = new IpsDaemon(
                        new DaemonOptions(1, false, MAX_BANS, MAX_BANS, false),
                        new Doorbell(LONGEST_SLEEP_NANOS),
                        List.of(enforcer),
                        List.of())) {
            new LivePeer(writer, Integer.parseInt(arguments[0])).measure(daemon, path);
        } finally {
            Files.deleteIfExists(directory);
        }
        System.exit(0);
    }

    private void measure(IpsDaemon daemon, Path path) throws IOException {
        LineSource ring = RingSource.open("ring", path, StartPosition.NEWEST).get(0);
        TimedSource source = new TimedSource(ring);
        follow(daemon, source);
        write(WARM_UP_NANOS);
        // The same sources in a new plan: the pipeline and its figures begin anew, what is compiled stays.
        follow(daemon, source);
        source.take();
        write(MEASURED_NANOS);
        PipelineSnapshot measured = daemon.status().pipeline().orElseThrow();
        Histogram parse = source.take();
        print(
                "parse",
                parse.getValueAtPercentile(50),
                parse.getValueAtPercentile(99),
                parse.getValueAtPercentile(99.9));
        for (String stage : List.of("match", "count", "ban")) {
            print(stage, measured.stage(stage).serviceNanos());
        }
        print("all", measured.latencyNanos());
    }

    private static void follow(IpsDaemon daemon, LineSource source) {
        JailPolicy policy = JailPolicy.of(
                "bench", new FailureRule(0, 3, TimeUnit.MINUTES.toNanos(10), TimeUnit.SECONDS.toNanos(1)));
        PatternMatchers matchers =
                new PatternMatchers(PatternSet.compile(List.of("client <HOST> exceeded request rate limit")));
        daemon.follow(Plan.of(PatternFeed.of(List.of(source), matchers, 0), policy));
    }

    /** As steadily as a thread can that does not sleep; after a delay it catches up. */
    private void write(long nanos) {
        long begin = System.nanoTime();
        long due = begin;
        for (long now = begin; now - begin < nanos; now = System.nanoTime()) {
            if (now - due >= 0) {
                byte[] line = lines[next];
                next = (next + 1) % CLIENTS;
                writer.write(line, 0, line.length, Stamps.now());
                due += lineNanos;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static void print(String stage, Quantiles nanos) {
        print(stage, nanos.p50(), nanos.p99(), nanos.p999());
    }

    private static void print(String stage, long p50, long p99, long p999) {
        System.out.println(stage + " " + p50 + " " + p99 + " " + p999);
    }
}
