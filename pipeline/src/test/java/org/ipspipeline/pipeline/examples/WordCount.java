package org.ipspipeline.pipeline.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.ipspipeline.pipeline.Pipeline;
import org.ipspipeline.pipeline.RunningPipeline;
import org.ipspipeline.pipeline.stage.Source;

/** Counts the words of files: a source a file, and workers that help each other when the files differ in size. */
public final class WordCount {

    /** What goes through the pipeline: filled by the source, and again by the first stage. */
    private static final class Line {
        private String text = "";
        private List<String> words = List.of();
    }

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * Counts.
     *
     * @param files to read to their ends
     * @return how often each word stands in them
     */
    public Map<String, LongAdder> count(List<Path> files) throws IOException, InterruptedException {
        List<LineSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(new LineSource(Files.newBufferedReader(file)));
        }
        Pipeline<Line> pipeline = Pipeline.<Line>named("words")
                .events(Line::new)
                .sources(sources)
                .stage("split", worker -> line -> line.words = Arrays.asList(line.text.split("\\W+", -1)))
                .sink("count", worker -> line -> line.words.forEach(this::increment))
                .stealing(true)
                .build();
        System.out.println(pipeline.describe());
        try (RunningPipeline running = pipeline.start()) {
            running.await(Duration.ofMinutes(10));
        }
        return counts;
    }

    private void increment(String word) {
        counts.computeIfAbsent(word, unseen -> new LongAdder()).increment();
    }

    /** The lines of a file. */
    private static final class LineSource implements Source<Line> {

        private final BufferedReader reader;
        private boolean ended;

        LineSource(BufferedReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean poll(Line line) throws IOException {
            String next = reader.readLine();
            ended = next == null;
            line.text = next == null ? "" : next;
            return next != null;
        }

        @Override
        public boolean isExhausted() {
            return ended;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
