package org.ipspipeline.benchmarks.pipeline;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.pipeline.PipelineBuilder;
import org.ipspipeline.pipeline.RunningPipeline;

/** What the workers allocate for an event in the steady state, by the virtual machine's own account of their threads. */
final class Allocation {

    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration MEASURED = Duration.ofSeconds(1);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Bench bench;
    private final int steps;

    Allocation(Bench bench, Work work) {
        this.bench = bench;
        this.steps = work.steps(25);
    }

    void run() throws InterruptedException {
        report("fused, stealing", builder -> builder.fused().stealing(true));
        report("staged", PipelineBuilder::staged);
    }

    private void report(String what, Consumer<PipelineBuilder<Item>> declaration) throws InterruptedException {
        bench.progress("allocation, " + what);
        double bytes;
        try (RunningPipeline running = new Declared(steps, Long.MAX_VALUE, Long.MAX_VALUE)
                .with(declaration)
                .with(builder -> builder.workers(2).sampling(1))
                .build()
                .start()) {
            Thread.sleep(WARM_UP.toMillis());
            long[] workers = workers();
            long bytesBefore = allocatedBy(workers);
            long eventsBefore = running.snapshot().events();
            Thread.sleep(MEASURED.toMillis());
            long bytesAfter = allocatedBy(workers);
            bytes = (bytesAfter - bytesBefore) / (double) (running.snapshot().events() - eventsBefore);
            running.stop(Duration.ofSeconds(10));
        }
        bench.report(Row.alone("allocation an event, " + what + ", every batch measured", bytes, "bytes"));
    }

    private long[] workers() {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("bench/"))
                .mapToLong(thread -> thread.getThreadId())
                .toArray();
    }

    private long allocatedBy(long[] workers) {
        return Arrays.stream(threads.getThreadAllocatedBytes(workers)).sum();
    }
}
