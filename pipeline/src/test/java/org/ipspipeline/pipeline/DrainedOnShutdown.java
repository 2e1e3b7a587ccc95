package org.ipspipeline.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.ipspipeline.pipeline.stage.Stage;

/** A process with an endless pipeline. On its end it writes how many events were polled and how many were handled. */
final class DrainedOnShutdown {

    private DrainedOnShutdown() {}

    public static void main(String[] arguments) throws Exception {
        Path result = Path.of(arguments[0]);
        NumberSource source = new NumberSource(0, Long.MAX_VALUE);
        Pipeline<NumberEvent> pipeline = Pipeline.<NumberEvent>named("shutdown")
                .events(NumberEvent::new)
                .source(source)
                .stage("count", worker -> new Counter(source, result))
                .drainOnShutdown()
                .build();
        RunningPipeline running = pipeline.start();
        running.await(Duration.ofMinutes(5));
    }

    private static final class Counter implements Stage<NumberEvent> {

        private final NumberSource source;
        private final Path result;
        private long handled;

        Counter(NumberSource source, Path result) {
            this.source = source;
            this.result = result;
        }

        @Override
        public void handle(NumberEvent event) throws Exception {
            if (++handled == 1_000) {
                Files.createFile(result.resolveSibling("handled.begun"));
            }
        }

        @Override
        public void close() throws Exception {
            Files.writeString(result, source.polled() + " " + handled + "\n");
        }
    }
}
