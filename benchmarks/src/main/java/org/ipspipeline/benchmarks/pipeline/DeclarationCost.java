package org.ipspipeline.benchmarks.pipeline;

import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Contest;

/** What a declaration costs over the same topology written by hand: four stages of 25 ns behind one producer. */
final class DeclarationCost {

    private static final double STAGE_NANOS = 25;
    private static final long ITEMS = 5_000_000;
    private static final String DECLARED = "declared";
    private static final String BY_HAND = "Disruptor by hand";

    private final Bench bench;
    private final int steps;

    DeclarationCost(Bench bench, Work work) {
        this.bench = bench;
        this.steps = work.steps(STAGE_NANOS);
    }

    void run() throws Exception {
        Contest fused = bench.contest("4 stages of 25 ns fused, behind a producer", "M events/s", Better.HIGHER)
                .contender(
                        DECLARED,
                        () -> new Declared(steps, ITEMS)
                                .with(builder -> builder.fuse("parse", "match", "count", "ban"))
                                .millionsPerSecond())
                .contender(BY_HAND, () -> new HandWritten(steps, ITEMS).fused().millionsPerSecond())
                .run(bench.rounds());
        bench.report(fused.compare(DECLARED, BY_HAND));
        Contest staged = bench.contest("4 stages of 25 ns staged, behind a producer", "M events/s", Better.HIGHER)
                .contender(
                        DECLARED,
                        () -> new Declared(steps, ITEMS)
                                .with(builder -> builder.staged())
                                .millionsPerSecond())
                .contender(BY_HAND, () -> new HandWritten(steps, ITEMS).staged().millionsPerSecond())
                .run(bench.rounds());
        bench.report(staged.compare(DECLARED, BY_HAND));
        Contest alone = bench.contest("4 stages of 25 ns and the polling in one thread", "M events/s", Better.HIGHER)
                .contender(
                        DECLARED,
                        () -> new Declared(steps, ITEMS)
                                .with(builder -> builder.fused().workers(1))
                                .millionsPerSecond())
                .contender("a plain loop, no ring", () -> HandWritten.loop(steps, ITEMS))
                .run(bench.rounds());
        bench.report(alone.compare(DECLARED, "a plain loop, no ring"));
        Contest measured = bench.contest("the same, every batch measured", "M events/s", Better.HIGHER)
                .contender(
                        "all",
                        () -> new Declared(steps, ITEMS)
                                .with(builder ->
                                        builder.fused().workers(1).sampling(1).weights(item -> 1))
                                .millionsPerSecond())
                .contender(
                        "1 of 16 batches measured",
                        () -> new Declared(steps, ITEMS)
                                .with(builder -> builder.fused().workers(1))
                                .millionsPerSecond())
                .run(bench.rounds());
        bench.report(measured.compare("all", "1 of 16 batches measured"));
    }
}
