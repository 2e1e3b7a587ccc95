package org.ipspipeline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.pipeline.stage.WorkerContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In its steady state a pipeline allocates nothing, whatever it measures. */
@Timeout(60)
class AllocationTest {

    private static final long WARM = 500_000;
    private static final long MEASURED = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(strings = {"fused", "staged", "stealing", "ordered"})
    void allocatesNothingForAnEvent(String shape) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        long[] allocated = new long[8];
        PipelineBuilder<NumberEvent> builder = Pipeline.<NumberEvent>named("allocation")
                .events(NumberEvent::new)
                .sources(List.of(new NumberSource(0, Long.MAX_VALUE), new NumberSource(1, Long.MAX_VALUE)))
                .workers(2)
                .sampling(1)
                .timestamps(event -> event.number)
                .weights(event -> 1)
                .stage("first", worker -> event -> event.trail = 1)
                .stage("second", worker -> new Meter(worker, allocated, done));
        switch (shape) {
            case "fused" -> builder.fused();
            case "staged" -> builder.staged();
            case "stealing" -> builder.fused().stealing(true);
            default -> builder.fused().ordered().stealing(true);
        }
        try (RunningPipeline running = builder.build().start()) {
            assertThat(done.await(50, TimeUnit.SECONDS)).as("measured").isTrue();
            assertThat(running.stop(Duration.ofSeconds(10))).isTrue();
        }
        // A thread's first call of the bean may allocate; what is left of it must not grow with the events.
        assertThat(Arrays.stream(allocated).sum() / (double) MEASURED)
                .as("bytes an event, %s", shape)
                .isLessThan(0.01);
    }

    /** Compares what its own thread has allocated after a million events. */
    private final class Meter implements org.ipspipeline.pipeline.stage.Stage<NumberEvent> {

        private final int worker;
        private final long[] allocated;
        private final CountDownLatch done;
        private long events;
        private long before;

        Meter(WorkerContext worker, long[] allocated, CountDownLatch done) {
            this.worker = worker.worker();
            this.allocated = allocated;
            this.done = done;
        }

        @Override
        public void handle(NumberEvent event) {
            events++;
            if (events == WARM) {
                before = threads.getCurrentThreadAllocatedBytes();
            } else if (events == WARM + MEASURED) {
                allocated[worker] = threads.getCurrentThreadAllocatedBytes() - before;
                done.countDown();
            }
        }
    }
}
