package org.ipspipeline.benchmarks.pipeline;

import java.util.Arrays;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;

/**
 * What stealing gains where the load is skewed, and costs where it is even. The sources make their items when they are
 * polled, so no producer takes part of a CPU.
 */
final class Stealing {

    private static final int WORKERS = 2;
    private static final double LINE_NANOS = 1_000;
    private static final double SMALL_NANOS = 100;
    private static final String WITH = "stealing";
    private static final String WITHOUT = "no stealing";

    private final Bench bench;
    private final Work work;

    Stealing(Bench bench, Work work) {
        this.bench = bench;
        this.work = work;
    }

    void run() throws Exception {
        compare("all events on 1 of 4 segments, 1 us each, 2 workers", LINE_NANOS, 1_000_000, 0, 0, 0);
        compare("even load on 4 segments, 1 us each, 2 workers", LINE_NANOS, 300_000, 300_000, 300_000, 300_000);
        compare(
                "even load on 4 segments, 100 ns each, 2 workers",
                SMALL_NANOS,
                3_000_000,
                3_000_000,
                3_000_000,
                3_000_000);
        thesis();
    }

    private void compare(String measure, double nanos, long... items) throws Exception {
        Contest contest = bench.contest(measure, "M events/s", Better.HIGHER)
                .contender(WITH, () -> Declared.millionsPerSecond(run(nanos, true, items)))
                .contender(WITHOUT, () -> Declared.millionsPerSecond(run(nanos, false, items)))
                .run(bench.rounds());
        bench.report(contest.compare(WITH, WITHOUT));
    }

    private PipelineSnapshot run(double nanos, boolean stealing, long... items) throws InterruptedException {
        return new Declared(work.steps(nanos / 4), items)
                .with(builder -> builder.fused().workers(WORKERS).stealing(stealing))
                .run();
    }

    /** Two workers, two segments, one of them written to. */
    private void thesis() throws Exception {
        bench.progress("2 workers, 2 segments, one written to");
        double[] idle = new double[bench.rounds()];
        double[] stolen = new double[bench.rounds()];
        for (int round = -1; round < bench.rounds(); round++) {
            PipelineSnapshot end = run(LINE_NANOS, true, 1_000_000, 0);
            if (round >= 0) {
                idle[round] = 100.0 * end.workers().get(1).idleNanos() / end.runningNanos();
                stolen[round] = 100.0 * end.stolen() / end.events();
            }
        }
        Arrays.sort(idle);
        Arrays.sort(stolen);
        String measure = "2 workers, 2 segments, one written to: ";
        bench.report(Row.alone(measure + "idle share of the second worker", idle[idle.length / 2], "%")
                .withNote("100 % without stealing"));
        bench.report(Row.alone(measure + "share of the events stolen", stolen[stolen.length / 2], "%")
                .withNote("12 % in the thesis"));
    }
}
