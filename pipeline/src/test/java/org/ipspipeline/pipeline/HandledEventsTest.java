package org.ipspipeline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.pipeline.stage.Source;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source is told how far its events have come: never more than was handled, and all of it in the end. */
@Timeout(60)
class HandledEventsTest {

    private static final int EVENTS = 20_000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsASourceHowManyOfItsEventsWereHandled(boolean stealing) throws InterruptedException {
        AtomicLong handledByTheSink = new AtomicLong();
        TellTale source = new TellTale(handledByTheSink);
        Pipeline<NumberEvent> pipeline = Pipeline.<NumberEvent>named("telling")
                .events(NumberEvent::new)
                .source(source)
                .stage("pass", worker -> event -> {})
                .sink("count", worker -> event -> handledByTheSink.incrementAndGet())
                .stealing(stealing)
                .workers(2)
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(source.told).isEqualTo(EVENTS);
        assertThat(source.tooEarly).isFalse();
        assertThat(source.backwards).isFalse();
    }

    private static final class TellTale implements Source<NumberEvent> {

        private final NumberSource numbers = new NumberSource(0, EVENTS);
        private final AtomicLong handled;
        private volatile long told;
        private volatile boolean tooEarly;
        private volatile boolean backwards;

        TellTale(AtomicLong handled) {
            this.handled = handled;
        }

        @Override
        public boolean poll(NumberEvent event) {
            return numbers.poll(event);
        }

        @Override
        public void handled(long events) {
            tooEarly = tooEarly || events > handled.get();
            backwards = backwards || events <= told;
            told = events;
        }

        @Override
        public boolean isExhausted() {
            return numbers.isExhausted();
        }
    }
}
