package org.ipspipeline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ipspipeline.pipeline.RandomPipeline.Stage;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.ipspipeline.pipeline.metrics.StageSnapshot;

/**
 * Whatever the topology, the layout, the number of workers, wherever stages stall and throw: every event goes through every
 * stage exactly once, or is accounted for exactly, and in order where that is promised.
 */
class RandomPipelinesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Property(tries = 250)
    void everyEventIsHandledOnceOrAccountedFor(@ForAll long seed) throws InterruptedException {
        RandomPipeline random = new RandomPipeline(new Random(seed));
        Pipeline<NumberEvent> pipeline = random.build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(PATIENCE))
                    .as("ends by itself: %s", pipeline.describe())
                    .isTrue();
            assertThat(running.failure())
                    .as("failure of %s", pipeline.describe())
                    .isEmpty();
            PipelineSnapshot end = running.snapshot();
            random.stages().forEach(stage -> assertThatStageSawWhatItShould(random, stage, pipeline));
            assertThatMetersAgree(random, end, pipeline);
        }
    }

    private static void assertThatStageSawWhatItShould(RandomPipeline random, Stage stage, Pipeline<?> pipeline) {
        for (int source = 0; source < random.sources(); source++) {
            for (int number = 0; number < random.eventsOf(source); number++) {
                int seen = stage.seen(source, number);
                if (random.failsBefore(stage, source, number)) {
                    assertThat(seen)
                            .as("%s saw %d of %d, which had failed: %s", stage.name(), number, source, pipeline)
                            .isZero();
                } else if (random.failsBeside(stage, source, number)) {
                    assertThat(seen)
                            .as("%s saw %d of %d: %s", stage.name(), number, source, pipeline)
                            .isBetween(0, 1);
                } else {
                    assertThat(seen)
                            .as("how often %s saw %d of %d: %s", stage.name(), number, source, pipeline.describe())
                            .isOne();
                }
            }
        }
        assertThat(stage.outOfOrder())
                .as("events out of order at %s: %s", stage.name(), pipeline.describe())
                .isZero();
    }

    private static void assertThatMetersAgree(RandomPipeline random, PipelineSnapshot end, Pipeline<?> pipeline) {
        assertThat(end.events()).isEqualTo(random.events());
        assertThat(end.inFlight()).as("in flight at the end of %s", pipeline).isZero();
        assertThat(end.failed()).isEqualTo(random.failingEvents());
        assertThat(end.failed()).isEqualTo(random.buried());
        for (Stage stage : random.stages()) {
            StageSnapshot measured = end.stage(stage.name());
            assertThat(measured.events()).isEqualTo(random.events());
            assertThat(measured.queueDepth()).isZero();
            assertThat(measured.skipped()).isEqualTo(random.events() - stage.calls());
            assertThat(measured.failed()).isEqualTo(stage.thrown());
        }
    }
}
