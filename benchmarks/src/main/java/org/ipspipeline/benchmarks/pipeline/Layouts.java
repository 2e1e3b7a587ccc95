package org.ipspipeline.benchmarks.pipeline;

import java.util.function.Consumer;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.pipeline.PipelineBuilder;

/** The same stages fused, staged and pooled on the CPUs at hand, and whether {@code auto} picks the best. */
final class Layouts {

    private static final String AUTO = "auto";
    private static final String FUSED = "fused";
    private static final String STAGED = "staged";
    private static final String HALVES = "two halves";
    private static final String POOLED = "match in a pool of 2";

    private final Bench bench;
    private final Work work;

    Layouts(Bench bench, Work work) {
        this.bench = bench;
        this.work = work;
    }

    void run() throws Exception {
        compare("1 segment, 4 stages of 25 ns", 25, 3_000_000);
        compare("4 segments, 4 stages of 25 ns", 25, 1_500_000, 1_500_000, 1_500_000, 1_500_000);
        compare("4 segments, 4 stages of 250 ns", 250, 200_000, 200_000, 200_000, 200_000);
    }

    private void compare(String load, double stageNanos, long... items) throws Exception {
        int steps = work.steps(stageNanos);
        Contest contest = bench.contest(load, "M events/s", Better.HIGHER);
        contender(contest, AUTO, steps, items, PipelineBuilder::auto);
        contender(contest, FUSED, steps, items, PipelineBuilder::fused);
        contender(contest, STAGED, steps, items, PipelineBuilder::staged);
        contender(
                contest,
                HALVES,
                steps,
                items,
                builder -> builder.fuse("source", "parse", "match").fuse("count", "ban"));
        contest.contender(
                POOLED,
                () -> Declared.pooled(2, steps, items)
                        .with(PipelineBuilder::fused)
                        .millionsPerSecond());
        contest.run(bench.rounds());
        String choice = new Declared(steps, items)
                .with(PipelineBuilder::auto)
                .build()
                .topology()
                .choice();
        for (String other : new String[] {FUSED, STAGED, HALVES, POOLED}) {
            Row row = contest.compare(AUTO, other);
            bench.report(row.withNote(choice));
        }
    }

    private static void contender(
            Contest contest, String name, int steps, long[] items, Consumer<PipelineBuilder<Item>> layout) {
        contest.contender(name, () -> new Declared(steps, items).with(layout).millionsPerSecond());
    }
}
