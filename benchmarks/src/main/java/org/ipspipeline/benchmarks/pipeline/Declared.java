package org.ipspipeline.benchmarks.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ipspipeline.benchmarks.pipeline.SmallStages.Ban;
import org.ipspipeline.benchmarks.pipeline.SmallStages.Count;
import org.ipspipeline.benchmarks.pipeline.SmallStages.Match;
import org.ipspipeline.benchmarks.pipeline.SmallStages.Parse;
import org.ipspipeline.pipeline.Pipeline;
import org.ipspipeline.pipeline.PipelineBuilder;
import org.ipspipeline.pipeline.RunningPipeline;
import org.ipspipeline.pipeline.cpu.CpuPlan;
import org.ipspipeline.pipeline.idle.IdleStrategy;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;

/** The four stages, declared, over sources of a given number of items each. */
final class Declared {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PipelineBuilder<Item> builder;
    private final List<Ban> bans = new ArrayList<>();

    Declared(int steps, long... itemsOfSources) {
        this(steps, 0, itemsOfSources);
    }

    private Declared(int steps, int pool, long... itemsOfSources) {
        this.builder = Pipeline.<Item>named("bench")
                .events(Item::new)
                .ringSize(HandWritten.RING_SIZE)
                .idle(IdleStrategy.yielding())
                .cpuPlan(CpuPlan.none());
        for (long items : itemsOfSources) {
            builder.source(new Items(items));
        }
        builder.stage("parse", worker -> new Parse(steps)).stage("match", worker -> new Match(steps));
        if (pool > 0) {
            builder.pooled(pool);
        }
        builder.stage("count", worker -> new Count(steps)).stage("ban", worker -> newBan(steps));
    }

    /** The same, with the second stage in a pool of threads that serve all sources. */
    static Declared pooled(int threads, int steps, long... itemsOfSources) {
        return new Declared(steps, threads, itemsOfSources);
    }

    private synchronized Ban newBan(int steps) {
        Ban ban = new Ban(steps);
        bans.add(ban);
        return ban;
    }

    /** Declares more. */
    Declared with(Consumer<PipelineBuilder<Item>> declaration) {
        declaration.accept(builder);
        return this;
    }

    /** What it would run as. */
    Pipeline<Item> build() {
        return builder.build();
    }

    /** Runs all items through. */
    PipelineSnapshot run() throws InterruptedException {
        Pipeline<Item> pipeline = build();
        try (RunningPipeline running = pipeline.start()) {
            if (!running.await(PATIENCE) || running.failure().isPresent()) {
                throw new IllegalStateException("the pipeline did not end well: " + pipeline);
            }
            return running.snapshot();
        }
    }

    /** Runs all items through, and tells how many million a second that were. */
    double millionsPerSecond() throws InterruptedException {
        return millionsPerSecond(run());
    }

    static double millionsPerSecond(PipelineSnapshot end) {
        return end.events() * 1e3 / end.runningNanos();
    }

    /** What the last stages have added up. */
    synchronized long sum() {
        return bans.stream().mapToLong(Ban::sum).sum();
    }
}
