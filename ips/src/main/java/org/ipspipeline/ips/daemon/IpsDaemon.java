package org.ipspipeline.ips.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.KeeperOptions;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineFeed;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.pipeline.Pipeline;
import org.ipspipeline.pipeline.RunningPipeline;

/**
 * Reads lines from sources, bans whom they give away, and lifts the bans on time. Runs from its construction until
 * {@link #close}; the sources and the enforcer are closed with it.
 *
 * <p>Safe for use by many threads.
 */
public final class IpsDaemon implements AutoCloseable {

    private static final int BLOCK_LINES = 256;
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int BLOCKS = 8;
    private static final Duration TIME_TO_DRAIN = Duration.ofSeconds(5);

    private final List<LineSource> sources;
    private final Enforcer enforcer;
    private final BanKeeper keeper;
    private final Map<Integer, BanWorker> workers = new ConcurrentHashMap<>();
    private final List<MatchStage> matchers = new CopyOnWriteArrayList<>();
    private final Pipeline<LineBlock> pipeline;
    private final RunningPipeline running;
    private final long begin = System.nanoTime();

    /**
     * Starts.
     *
     * @param options how it works
     * @param sources where lines come from, at least one
     * @param doorbell what the sources ring
     * @param patterns which lines are failures
     * @param enforcer puts bans into force
     */
    public IpsDaemon(
            DaemonOptions options,
            List<LineSource> sources,
            Doorbell doorbell,
            PatternSet patterns,
            Enforcer enforcer) {
        this.sources = List.copyOf(sources);
        this.enforcer = enforcer;
        FailureTable table = new FailureTable(options.maxTracked(), AddressHash.random(), System.nanoTime());
        keeper = new BanKeeper(
                KeeperOptions.defaults().withMaxBans(options.maxBans()),
                JailPolicies.of(options.jail()),
                table,
                List.of(enforcer),
                List.of());
        var declared = Pipeline.<LineBlock>named("ips")
                .events(() -> new LineBlock(BLOCK_LINES, BLOCK_BYTES))
                .ringSize(BLOCKS)
                .batchLimit(1)
                .sources(sources.stream()
                        .map(source -> new LineFeed<>(source, LineBlock::lines))
                        .toList())
                .weights(block -> block.lines().count())
                .stage("match", context -> matchStage(patterns))
                .stage("count", context -> new CountStage(worker(context.worker()), options.jail()))
                .sink("ban", context -> new BanStage(worker(context.worker())))
                // Count and ban share a worker's BanWorker, which is for one thread.
                .fused()
                .stealing(options.stealing())
                .idle(doorbell)
                .drainTimeout(TIME_TO_DRAIN);
        pipeline = (options.workers() > 0 ? declared.workers(options.workers()) : declared).build();
        running = pipeline.start();
    }

    private MatchStage matchStage(PatternSet patterns) {
        MatchStage stage = new MatchStage(patterns.newMatcher());
        matchers.add(stage);
        return stage;
    }

    private BanWorker worker(int number) {
        return workers.computeIfAbsent(number, first -> keeper.newWorker());
    }

    /** {@return how the pipeline is laid out over threads and CPUs, in a few lines} */
    public String describe() {
        return pipeline.describe();
    }

    /** {@return what puts bans into force, such as {@code xdp-native}} */
    public String enforcement() {
        return enforcer.name();
    }

    /** {@return whether it still reads; false once all sources have ended, or after a failure} */
    public boolean isRunning() {
        return running.isRunning();
    }

    /** {@return what stopped it, if something did} */
    public Optional<Throwable> failure() {
        return running.failure();
    }

    /** {@return the bans, to list, add and lift} */
    public BanKeeper bans() {
        return keeper;
    }

    /** {@return what it has done so far} */
    public DaemonStatus status() {
        return new DaemonStatus(
                (System.nanoTime() - begin) / 1e9,
                enforcement(),
                matchers.stream().mapToLong(MatchStage::lines).sum(),
                matchers.stream().mapToLong(MatchStage::lost).sum(),
                matchers.stream().mapToLong(MatchStage::failures).sum(),
                keeper.report(),
                enforcer.dropped(),
                sources.stream().map(LineSource::status).toList(),
                running.snapshot());
    }

    /** Handles what has come, and reads no more. Bans stay in force, and {@link #status} stays true. */
    public void drain() {
        running.close();
        keeper.close();
    }

    /** Drains, and lets go of the enforcer: what it holds stays in force for as long as it keeps it. */
    @Override
    public void close() {
        drain();
        enforcer.close();
    }
}
