package org.ipspipeline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.ipspipeline.pipeline.stage.ErrorPolicy;
import org.ipspipeline.pipeline.stage.Source;
import org.ipspipeline.pipeline.stage.Stage;
import org.ipspipeline.pipeline.stage.StuckWorker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LifeCycleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static PipelineBuilder<NumberEvent> named(String name) {
        return Pipeline.<NumberEvent>named(name).events(NumberEvent::new);
    }

    private static NumberSource endless() {
        return new NumberSource(0, Long.MAX_VALUE);
    }

    @Test
    void stopsAtTheFirstFailureWhereThePolicySaysSo() throws InterruptedException {
        AtomicLong later = new AtomicLong();
        Pipeline<NumberEvent> pipeline = named("stopping")
                .source(endless())
                .stage("throw", worker -> event -> {
                    if (event.number == 1_000) {
                        throw new IOException("disk full");
                    }
                })
                .sink("later", worker -> event -> later.incrementAndGet())
                .onError(ErrorPolicy.stop())
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            assertThat(running.failure()).get().isInstanceOf(IOException.class);
            assertThat(running.drain(PATIENCE))
                    .as("a failed pipeline is not drained")
                    .isFalse();
            assertThat(later.get()).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void anErrorOfTheVirtualMachineStopsWhateverThePolicyButAStackOverflowDoesNot() throws InterruptedException {
        Pipeline<NumberEvent> pipeline = named("errors")
                .source(endless())
                .stage("throw", worker -> event -> {
                    if (event.number == 10) {
                        throw new StackOverflowError("deep");
                    }
                    if (event.number == 1_000) {
                        throw new OutOfMemoryError("in the test");
                    }
                })
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            assertThat(running.failure()).get().isInstanceOf(OutOfMemoryError.class);
            assertThat(running.snapshot().failed()).isEqualTo(2);
        }
    }

    @Test
    void aStageThatKeepsFailingIsMadeAnew() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        Pipeline<NumberEvent> pipeline = named("restart")
                .source(new NumberSource(0, 100))
                .stage("break", worker -> new Stage<>() {
                    private final boolean broken = made.getAndIncrement() == 0;

                    @Override
                    public void handle(NumberEvent event) {
                        if (broken) {
                            throw new IllegalStateException("broken");
                        }
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                })
                .onError(ErrorPolicy.<NumberEvent>skip().restartingAfter(3))
                .build();
        PipelineSnapshot end;
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            end = running.snapshot();
        }
        assertThat(end.failed()).isEqualTo(3);
        assertThat(end.stage("break").restarts()).isOne();
        assertThat(made).hasValue(2);
        assertThat(closed).hasValue(2);
    }

    @Test
    void aSourceThatThrowsIsAskedAgainAndLosesNothing() throws InterruptedException {
        NumberSource numbers = new NumberSource(0, 100);
        AtomicInteger polls = new AtomicInteger();
        Source<NumberEvent> flaky = new Source<>() {
            @Override
            public boolean poll(NumberEvent event) throws IOException {
                if (polls.incrementAndGet() % 30 == 0) {
                    throw new IOException("no such device");
                }
                return numbers.poll(event);
            }

            @Override
            public boolean isExhausted() {
                return numbers.isExhausted();
            }
        };
        AtomicLong handled = new AtomicLong();
        Pipeline<NumberEvent> pipeline = named("flaky")
                .source(flaky)
                .stage("count", worker -> event -> handled.incrementAndGet())
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            assertThat(running.snapshot().sources().get(0).failedPolls()).isEqualTo(3);
        }
        assertThat(handled).hasValue(100);
    }

    @Test
    void whatEndingABatchThrowsFailsNoEvent() throws InterruptedException {
        Pipeline<NumberEvent> pipeline = named("ending")
                .source(new NumberSource(0, 100))
                .stage("flush", worker -> new Stage<>() {
                    @Override
                    public void handle(NumberEvent event) {}

                    @Override
                    public void endBatch() throws IOException {
                        throw new IOException("flush");
                    }
                })
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            PipelineSnapshot end = running.snapshot();
            assertThat(end.failed()).isZero();
            assertThat(end.stage("flush").failedBatches())
                    .isPositive()
                    .isEqualTo(end.stage("flush").batches());
        }
    }

    @Test
    void aStuckStageIsReportedWithItsStackAndStoppedByAnInterrupt() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        ConcurrentLinkedQueue<StuckWorker> reports = new ConcurrentLinkedQueue<>();
        Pipeline<NumberEvent> pipeline = named("stuck")
                .source(new NumberSource(0, 10))
                .stage("block", worker -> event -> {
                    if (event.number == 3) {
                        never.await();
                    }
                })
                .watchdog(Duration.ofMillis(50), reports::add)
                .build();
        try (RunningPipeline running = pipeline.start()) {
            await().atMost(PATIENCE).until(() -> !reports.isEmpty());
            StuckWorker report = reports.element();
            assertThat(report.step()).isEqualTo("stage block");
            assertThat(report.sequence()).isEqualTo(3);
            assertThat(report.stack())
                    .anySatisfy(call -> assertThat(call.getMethodName()).isEqualTo("await"));
            assertThat(report.summary()).contains("stage block", "event 3 of source 0");
            assertThat(running.drain(Duration.ofMillis(10))).isFalse();
            assertThat(running.stop(PATIENCE)).isTrue();
            assertThat(running.snapshot().inFlight()).as("abandoned").isEqualTo(7);
            assertThat(running.failure()).isEmpty();
        }
        assertThat(reports).hasSize(1);
    }

    @Test
    void aStuckPollIsReported() {
        CountDownLatch never = new CountDownLatch(1);
        ConcurrentLinkedQueue<StuckWorker> reports = new ConcurrentLinkedQueue<>();
        Pipeline<NumberEvent> pipeline = named("stuck-poll")
                .source(event -> {
                    never.await();
                    return false;
                })
                .stage("nothing", worker -> event -> {})
                .watchdog(Duration.ofMillis(50), reports::add)
                .build();
        try (RunningPipeline running = pipeline.start()) {
            await().atMost(PATIENCE).until(() -> !reports.isEmpty());
            assertThat(reports.element().step()).isEqualTo("source");
            assertThat(running.stop(PATIENCE)).isTrue();
        }
    }

    @Test
    void aStalledWorkerHoldsUpOnlyItsOwnEventWhereOthersSteal() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong handled = new AtomicLong();
        Pipeline<NumberEvent> pipeline = named("stalled")
                .source(new NumberSource(0, 10_000))
                .ringSize(16_384)
                .batchLimit(1)
                .stage("stall", worker -> event -> {
                    if (event.number == 0) {
                        release.await();
                    }
                    handled.incrementAndGet();
                })
                .workers(2)
                .stealing(true)
                .build();
        try (RunningPipeline running = pipeline.start()) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(handled).hasValue(9_999));
            release.countDown();
            assertThat(running.await(PATIENCE)).isTrue();
            assertThat(handled).hasValue(10_000);
        }
    }

    @Test
    void anInterruptedWorkerStopsThePipeline() throws InterruptedException {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        Pipeline<NumberEvent> pipeline = named("interrupted")
                .source(endless())
                .stage("tell", context -> {
                    worker.complete(Thread.currentThread());
                    return event -> {};
                })
                .build();
        try (RunningPipeline running = pipeline.start()) {
            worker.join().interrupt();
            assertThat(running.await(PATIENCE)).isTrue();
            assertThat(running.failure()).get().isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aWorkerMayStopItsOwnPipeline() throws InterruptedException {
        CompletableFuture<RunningPipeline> self = new CompletableFuture<>();
        Pipeline<NumberEvent> pipeline = named("own-end")
                .source(endless())
                .stage("stop", worker -> event -> self.join().stop(PATIENCE))
                .build();
        try (RunningPipeline running = pipeline.start()) {
            self.complete(running);
            assertThat(running.await(PATIENCE)).isTrue();
            assertThat(running.snapshot().stage("stop").events()).isOne();
        }
    }

    @Test
    void runsOnceOnly() {
        Pipeline<NumberEvent> pipeline = named("once")
                .source(endless())
                .stage("nothing", worker -> event -> {})
                .build();
        pipeline.start().close();
        assertThatThrownBy(pipeline::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before");
    }

    @Test
    void theEndOfTheVirtualMachineDrains(@TempDir Path directory) throws IOException, InterruptedException {
        Path result = directory.resolve("handled");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DrainedOnShutdown.class.getName(),
                        result.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        try {
            await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("handled.begun")));
            process.destroy(); // SIGTERM, on which the virtual machine runs its hooks
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(result);
        assertThat(lines).hasSize(1);
        String[] polledAndHandled = lines.get(0).split(" ", -1);
        assertThat(polledAndHandled[1]).isEqualTo(polledAndHandled[0]).isNotEqualTo("0");
    }
}
