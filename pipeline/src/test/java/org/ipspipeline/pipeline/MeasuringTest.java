package org.ipspipeline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.ipspipeline.pipeline.metrics.StageSnapshot;
import org.ipspipeline.pipeline.metrics.WorkerSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a snapshot tells is what has happened. */
@Timeout(60)
class MeasuringTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MILLISECOND = 1_000_000;

    private static PipelineBuilder<NumberEvent> named(String name) {
        return Pipeline.<NumberEvent>named(name).events(NumberEvent::new);
    }

    @Test
    void countsEventsBatchesAndWeightAndTimesThem() throws InterruptedException {
        Pipeline<NumberEvent> pipeline = named("measured")
                .sources(List.of(new NumberSource(0, 50), new NumberSource(1, 30)))
                .batchLimit(8)
                .sampling(1)
                .weights(event -> 10)
                .stage("sleep", worker -> event -> LockSupport.parkNanos(MILLISECOND))
                .sink("fast", worker -> event -> {})
                .fused()
                .workers(1)
                .build();
        PipelineSnapshot end;
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            end = running.snapshot();
        }
        StageSnapshot sleep = end.stage("sleep");
        assertThat(sleep.events()).isEqualTo(80);
        assertThat(sleep.weight()).isEqualTo(800);
        assertThat(sleep.batches()).isBetween(10L, 80L);
        assertThat(sleep.batchSizes().count()).isEqualTo(sleep.batches());
        assertThat(sleep.batchSizes().max()).isLessThanOrEqualTo(8);
        assertThat(sleep.serviceNanos().count()).isEqualTo(80);
        assertThat(sleep.serviceNanos().p50()).isGreaterThanOrEqualTo(MILLISECOND * 9 / 10);
        assertThat(end.stage("fast").serviceNanos().p50())
                .isLessThan(sleep.serviceNanos().p50());
        assertThat(end.latencyNanos().count()).isPositive();
        assertThat(end.latencyNanos().max()).isGreaterThanOrEqualTo(MILLISECOND * 9 / 10);
        assertThat(end.sources()).extracting(source -> source.events()).containsExactly(50L, 30L);
        assertThat(end.sources()).allMatch(source -> source.closed());
        assertThat(end.workers()).hasSize(1);
        assertThat(end.workers().get(0).handled()).isEqualTo(80);
        assertThat(end.runningNanos()).isGreaterThanOrEqualTo(80 * MILLISECOND);
    }

    @Test
    void latencyBeginsAtTheSourcesTimestamp() throws InterruptedException {
        long begin = System.nanoTime() - 1_000 * MILLISECOND;
        Pipeline<NumberEvent> pipeline = named("timestamps")
                .source(new NumberSource(0, 1_000))
                .sampling(1)
                .timestamps(event -> event.number == 7 ? 0 : begin)
                .stage("nothing", worker -> event -> {})
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            PipelineSnapshot end = running.snapshot();
            assertThat(end.latencyNanos().count()).isEqualTo(999);
            assertThat(end.latencyNanos().p50()).isGreaterThanOrEqualTo(990 * MILLISECOND);
        }
    }

    @Test
    void showsWhatWaitsBeforeAStage() {
        CountDownLatch release = new CountDownLatch(1);
        Pipeline<NumberEvent> pipeline = named("depth")
                .source(new NumberSource(0, 1_000))
                .ringSize(64)
                .stage("first", worker -> event -> {})
                .stage("block", worker -> event -> release.await())
                .staged()
                .build();
        try (RunningPipeline running = pipeline.start()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(running.snapshot().stage("block").queueDepth()).isEqualTo(64);
                assertThat(running.snapshot().stage("first").queueDepth()).isZero();
                assertThat(running.snapshot().inFlight()).isEqualTo(64);
            });
            release.countDown();
        }
    }

    @Test
    void tellsWhoStoleHowMuchFromWhom() throws InterruptedException {
        Pipeline<NumberEvent> pipeline = named("stolen")
                .sources(List.of(new NumberSource(0, 2_000), new NumberSource(1, 0)))
                .ringSize(64)
                .batchLimit(1)
                .weights(event -> 3)
                .stage("work", worker -> event -> LockSupport.parkNanos(50_000))
                .workers(2)
                .stealing(true)
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            PipelineSnapshot end = running.snapshot();
            WorkerSnapshot home = end.workers().get(0);
            WorkerSnapshot thief = end.workers().get(1);
            assertThat(home.stolen()).isZero();
            assertThat(thief.stolenEvents().get(0)).isPositive().isEqualTo(thief.handled());
            assertThat(thief.stolenWeight().get(0)).isEqualTo(3 * thief.stolen());
            assertThat(home.handled() + thief.handled()).isEqualTo(2_000);
            assertThat(end.stolen()).isEqualTo(thief.stolen());
            assertThat(end.sources()).extracting(source -> source.stolen()).containsExactly(thief.stolen(), 0L);
        }
    }
}
