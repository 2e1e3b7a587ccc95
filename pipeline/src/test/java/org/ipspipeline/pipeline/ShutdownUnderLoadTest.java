package org.ipspipeline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.ipspipeline.pipeline.cpu.CpuPlan;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipeline that is stopped under full load, a thousand times over: no event is lost, no thread is left. */
@Timeout(180)
class ShutdownUnderLoadTest {

    private static final int TIMES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void drainingHandlesEverythingThatHasCome() throws InterruptedException {
        Random random = new Random(1);
        for (int time = 0; time < TIMES; time++) {
            LongAdder handled = new LongAdder();
            List<NumberSource> sources = endlessSources(1 + random.nextInt(4));
            try (RunningPipeline running = start(random, sources, handled)) {
                spin(random.nextInt(20_000));
                assertThat(running.drain(PATIENCE)).as("drained, run %d", time).isTrue();
                assertThat(polled(sources)).as("handled, run %d", time).isEqualTo(handled.sum());
                PipelineSnapshot end = running.snapshot();
                assertThat(end.events()).isEqualTo(handled.sum());
                assertThat(end.inFlight()).isZero();
                assertThat(sources).allMatch(source -> source.closed);
            }
        }
        assertThatNoThreadIsLeft();
    }

    @Test
    void stoppingAccountsForEverythingThatHasCome() throws InterruptedException {
        Random random = new Random(2);
        for (int time = 0; time < TIMES; time++) {
            LongAdder handled = new LongAdder();
            List<NumberSource> sources = endlessSources(1 + random.nextInt(4));
            try (RunningPipeline running = start(random, sources, handled)) {
                spin(random.nextInt(20_000));
                assertThat(running.stop(PATIENCE)).as("stopped, run %d", time).isTrue();
                PipelineSnapshot end = running.snapshot();
                assertThat(end.events()).as("polled, run %d", time).isEqualTo(polled(sources));
                assertThat(end.events() - end.inFlight())
                        .as("handled, run %d", time)
                        .isEqualTo(handled.sum());
                assertThat(running.failure()).isEmpty();
            }
        }
        assertThatNoThreadIsLeft();
    }

    private static RunningPipeline start(Random random, List<NumberSource> sources, LongAdder handled) {
        PipelineBuilder<NumberEvent> builder = Pipeline.<NumberEvent>named("stopped")
                .events(NumberEvent::new)
                .sources(sources)
                .ringSize(2 << random.nextInt(8))
                .batchLimit(1 + random.nextInt(32))
                .cpuPlan(CpuPlan.none())
                .stage("pass", worker -> event -> event.trail = 1)
                .sink("count", worker -> event -> handled.increment())
                .workers(1 + random.nextInt(3))
                .stealing(random.nextBoolean());
        return (random.nextBoolean() ? builder.staged() : builder.fused())
                .build()
                .start();
    }

    private static List<NumberSource> endlessSources(int count) {
        List<NumberSource> sources = new ArrayList<>();
        for (int source = 0; source < count; source++) {
            sources.add(new NumberSource(source, Long.MAX_VALUE));
        }
        return sources;
    }

    private static long polled(List<NumberSource> sources) {
        return sources.stream().mapToLong(NumberSource::polled).sum();
    }

    private static void spin(int rounds) {
        for (int round = 0; round < rounds; round++) {
            Thread.onSpinWait();
        }
    }

    private static void assertThatNoThreadIsLeft() {
        // The last worker tells that the pipeline has ended just before its own thread does.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("stopped/")));
    }
}
