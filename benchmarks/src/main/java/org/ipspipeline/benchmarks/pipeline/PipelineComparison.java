package org.ipspipeline.benchmarks.pipeline;

import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Comparison;

/** {@code bench pipeline}: the generic pipeline beside Disruptor by hand, and with and without what it adds. */
public final class PipelineComparison implements Comparison {

    /** Made when the comparisons are listed, so it measures nothing yet. */
    public PipelineComparison() {}

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String description() {
        return "declared pipelines beside Disruptor by hand; stealing, layouts, allocation";
    }

    @Override
    public void run(Bench bench) throws Exception {
        bench.progress("calibrating the work");
        Work work = new Work();
        new DeclarationCost(bench, work).run();
        new Stealing(bench, work).run();
        new Layouts(bench, work).run();
        new Allocation(bench, work).run();
    }
}
