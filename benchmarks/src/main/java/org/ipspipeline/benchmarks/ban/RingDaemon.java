package org.ipspipeline.benchmarks.ban;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.daemon.DaemonOptions;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.Plan;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.jail.PatternFeed;
import org.ipspipeline.ips.jail.PatternFeed.PatternMatchers;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.ring.RingSource;

/** The daemon with one worker on a ring of its own, which may be filled before it begins to read. */
final class RingDaemon implements AutoCloseable {

    private static final long LONGEST_SLEEP_NANOS = 50_000;
    /** Shorter than the other clients of {@link LatencyPeer} take for one round, so that they are not banned. */
    private static final long FIND_TIME_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int LINE_SIZE = 128;

    private final Path path;
    private final Ring ring;
    private final SegmentWriter writer;
    private final List<LineSource> sources;
    private final IpsDaemon daemon;
    private final JailPolicy policy;

    /**
     * @param lines for how many lines the ring has room
     * @param maxRetry failures that ban
     * @param maxTracked addresses that are tracked at most
     * @param maxBans bans that are held at most
     * @param enforcer closed with this
     */
    RingDaemon(int lines, int maxRetry, int maxTracked, int maxBans, Enforcer enforcer) throws IOException {
        path = Files.createTempDirectory(Path.of("/dev/shm"), "ips-bench-ban-").resolve("ring");
        ring = Ring.create(
                path, RingOptions.builder().lines(lines).lineSize(LINE_SIZE).build());
        writer = ring.claim(0);
        sources = RingSource.open("ring", path, StartPosition.OLDEST);
        policy = JailPolicy.of("bench", new FailureRule(0, maxRetry, FIND_TIME_NANOS, TimeUnit.HOURS.toNanos(1)));
        daemon = new IpsDaemon(
                new DaemonOptions(1, false, maxTracked, maxBans, false),
                new Doorbell(LONGEST_SLEEP_NANOS),
                List.of(enforcer),
                List.of());
    }

    SegmentWriter writer() {
        return writer;
    }

    IpsDaemon daemon() {
        return daemon;
    }

    /** Begins to read. */
    void begin() {
        PatternMatchers matchers = new PatternMatchers(PatternSet.compile(List.of(OffendingLines.PATTERN)));
        daemon.follow(Plan.of(PatternFeed.of(sources, matchers, 0), policy));
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        writer.close();
        ring.close();
        Files.deleteIfExists(path);
        try (var left = Files.list(path.getParent())) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(path.getParent());
    }
}
