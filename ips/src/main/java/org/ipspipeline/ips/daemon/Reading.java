package org.ipspipeline.ips.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.jail.Feed;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.SourceLog;
import org.ipspipeline.pipeline.Pipeline;
import org.ipspipeline.pipeline.PipelineBuilder;
import org.ipspipeline.pipeline.RunningPipeline;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.jspecify.annotations.Nullable;

/** The pipeline of one plan, from its start until another plan follows. With no feed it waits for that other plan. */
final class Reading {

    private static final int BLOCK_LINES = 256;
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int BLOCKS = 8;
    private static final Duration TIME_TO_DRAIN = Duration.ofSeconds(5);

    private final @Nullable Pipeline<LineBlock> pipeline;
    private final @Nullable RunningPipeline running;
    private volatile boolean ended;

    private final SourceLog log;

    private Reading(@Nullable Pipeline<LineBlock> pipeline, SourceLog log) {
        this.pipeline = pipeline;
        this.log = log;
        this.running = pipeline == null ? null : pipeline.start();
    }

    /**
     * Starts.
     *
     * @param plan what to do
     * @param options how
     * @param doorbell what the sources ring
     * @param policies the jails'
     * @param workers gives a worker's ban side, by the worker's number
     * @param totals told what came
     * @param log closed at the end
     */
    static Reading start(
            Plan plan,
            DaemonOptions options,
            Doorbell doorbell,
            JailPolicies policies,
            IntFunction<BanWorker> workers,
            LineTotals totals,
            SourceLog log) {
        List<Feed> feeds = plan.feeds();
        if (feeds.isEmpty()) {
            return new Reading(null, log);
        }
        List<FeedSource> sources = new ArrayList<>();
        for (int i = 0; i < feeds.size(); i++) {
            sources.add(new FeedSource(feeds.get(i).source(), i));
        }
        doorbell.allRing(feeds.stream().allMatch(feed -> feed.source().rings()));
        PipelineBuilder<LineBlock> declared = Pipeline.<LineBlock>named("ips")
                .events(() -> new LineBlock(BLOCK_LINES, BLOCK_BYTES))
                .ringSize(BLOCKS)
                .batchLimit(1)
                .sources(sources)
                .weights(block -> block.lines().count())
                .stage(
                        "match",
                        context -> new JudgeStage(
                                feeds.stream()
                                        .map(feed -> feed.judge(context.worker()))
                                        .toList(),
                                totals));
        if (plan.ordered()) {
            declared.ordered();
        }
        declared.stage("count", context -> new CountStage(workers.apply(context.worker()), policies, plan))
                .sink("ban", context -> new BanStage(workers.apply(context.worker())))
                // Count and ban share a worker's BanWorker, which is for one thread.
                .fused()
                .stealing(options.stealing())
                .idle(doorbell)
                .drainTimeout(TIME_TO_DRAIN);
        return new Reading((options.workers() > 0 ? declared.workers(options.workers()) : declared).build(), log);
    }

    String describe() {
        return pipeline == null ? "no jail reads anything" : pipeline.describe();
    }

    boolean isRunning() {
        return running == null ? !ended : running.isRunning();
    }

    Optional<Throwable> failure() {
        return running == null ? Optional.empty() : running.failure();
    }

    Optional<PipelineSnapshot> snapshot() {
        return Optional.ofNullable(running).map(RunningPipeline::snapshot);
    }

    /** Handles what has come, and ends. */
    void drain() {
        ended = true;
        if (running != null) {
            running.close();
        }
        log.write();
        log.close();
    }
}
