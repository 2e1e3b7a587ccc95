package org.ipspipeline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.ipspipeline.pipeline.stage.ErrorPolicy;
import org.ipspipeline.pipeline.stage.FailedEvent;
import org.ipspipeline.pipeline.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static List<NumberSource> sources(int count, long events) {
        return IntStream.range(0, count)
                .mapToObj(source -> new NumberSource(source, events))
                .toList();
    }

    private static PipelineBuilder<NumberEvent> named(String name) {
        return Pipeline.<NumberEvent>named(name).events(NumberEvent::new);
    }

    @Test
    void oneWorkerHandlesEverythingInOrderAndEndsWithItsSource() throws InterruptedException {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        List<NumberSource> sources = sources(1, 10_000);
        Pipeline<NumberEvent> pipeline = named("one")
                .sources(sources)
                .stage("see", worker -> event -> seen.add(event.number))
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            assertThat(running.snapshot().events()).isEqualTo(10_000);
            assertThat(running.snapshot().inFlight()).isZero();
        }
        assertThat(seen).isEqualTo(LongStream.range(0, 10_000).boxed().toList());
        assertThat(sources.get(0).closed).isTrue();
    }

    @Test
    void stealingWorkersHandleEveryEventOnce() throws InterruptedException {
        int events = 200_000;
        ConcurrentLinkedQueue<long[]> blocks = new ConcurrentLinkedQueue<>();
        List<NumberSource> sources =
                List.of(new NumberSource(0, events), new NumberSource(1, 0), new NumberSource(2, 10));
        Pipeline<NumberEvent> pipeline = named("steal")
                .sources(sources)
                .ringSize(64)
                .batchLimit(4)
                .stage("collect", worker -> collector(blocks))
                .workers(4)
                .stealing(true)
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            assertThat(running.failure()).isEmpty();
        }
        long[] all = blocks.stream()
                .flatMapToLong(LongStream::of)
                .filter(value -> value >> 32 == 0)
                .sorted()
                .toArray();
        assertThat(all).isEqualTo(LongStream.range(0, events).toArray());
        assertThat(sources).noneMatch(source -> source.polledAtOnce);
    }

    private static Stage<NumberEvent> collector(ConcurrentLinkedQueue<long[]> blocks) {
        LongStream.Builder numbers = LongStream.builder();
        return new Stage<>() {
            @Override
            public void handle(NumberEvent event) {
                numbers.add((long) event.source << 32 | event.number);
            }

            @Override
            public void close() {
                blocks.add(numbers.build().toArray());
            }
        };
    }

    @Test
    void branchesRunBesideEachOtherAndJoin() throws InterruptedException {
        for (boolean staged : new boolean[] {false, true}) {
            AtomicLong wrong = new AtomicLong();
            AtomicLong joined = new AtomicLong();
            PipelineBuilder<NumberEvent> builder = named("diamond")
                    .sources(sources(3, 5_000))
                    .ringSize(64)
                    .stage("begin", worker -> event -> event.trail = 1)
                    .fork(
                            left -> left.stage("left", worker -> event -> wrong.addAndGet(event.trail == 1 ? 0 : 1)),
                            right -> right.sink("right", worker -> event -> wrong.addAndGet(event.trail >= 1 ? 0 : 1)))
                    .stage("join", worker -> event -> {
                        event.trail = 2;
                        joined.incrementAndGet();
                    })
                    .workers(2);
            Pipeline<NumberEvent> pipeline = (staged ? builder.staged() : builder.fused()).build();
            try (RunningPipeline running = pipeline.start()) {
                assertThat(running.await(PATIENCE)).isTrue();
            }
            assertThat(wrong).hasValue(0);
            assertThat(joined).hasValue(15_000);
        }
    }

    @Test
    void aStageThatThrowsLosesNothingElse() throws InterruptedException {
        ConcurrentLinkedQueue<Long> buried = new ConcurrentLinkedQueue<>();
        AtomicLong reached = new AtomicLong();
        Pipeline<NumberEvent> pipeline = named("throw")
                .sources(sources(2, 1_000))
                .stage("throw", worker -> event -> {
                    if (event.number % 10 == 3) {
                        throw new IllegalStateException("three");
                    }
                })
                .sink("reach", worker -> event -> reached.incrementAndGet())
                .onError(ErrorPolicy.deadLetter((FailedEvent<NumberEvent> failed) -> buried.add(failed.event().number)))
                .build();
        PipelineSnapshot end;
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE)).isTrue();
            end = running.snapshot();
        }
        assertThat(buried).hasSize(200).allMatch(number -> number % 10 == 3);
        assertThat(reached).hasValue(1_800);
        assertThat(end.failed()).isEqualTo(200);
        assertThat(end.inFlight()).isZero();
        assertThat(end.stage("reach").skipped()).isEqualTo(200);
        assertThat(end.stage("throw").failed()).isEqualTo(200);
    }

    @Test
    void saysWhatADeclarationLacks() {
        assertThatThrownBy(() -> Pipeline.<NumberEvent>named("x").build()).hasMessageContaining("lacks events");
        assertThatThrownBy(() -> named("x").build()).hasMessageContaining("lacks a source");
        assertThatThrownBy(() -> named("x").sources(sources(1, 0)).build()).hasMessageContaining("lacks a stage");
        assertThatThrownBy(() -> named("x").ringSize(3)).hasMessageContaining("power of two");
        assertThatThrownBy(() -> named("x").ordered()).hasMessageContaining("ordered()");
    }

    @Test
    void doesNotStartWhenAStageCannotBeMade() {
        NumberSource source = new NumberSource(0, 10);
        Pipeline<NumberEvent> pipeline = named("fail")
                .source(source)
                .stage("fail", worker -> {
                    throw new java.io.IOException("no scratch");
                })
                .build();
        assertThatThrownBy(pipeline::start).hasMessageContaining("no scratch");
        assertThat(source.closed).isTrue();
        assertThat(source.polled()).isZero();
    }
}
