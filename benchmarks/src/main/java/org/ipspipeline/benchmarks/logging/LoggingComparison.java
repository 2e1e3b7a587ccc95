package org.ipspipeline.benchmarks.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.Row;

/** {@code bench logging}: system calls a log line, to the ring and to a file. */
public final class LoggingComparison implements Comparison {

    /** Made when the comparisons are listed, so it measures nothing yet. */
    public LoggingComparison() {}

    @Override
    public String name() {
        return "logging";
    }

    @Override
    public String description() {
        return "system calls that the target server makes to log a line, to a ring and to a file";
    }

    @Override
    public void run(Bench bench) throws Exception {
        String measure = "system calls to log a line";
        if (!isInstalled()) {
            bench.lacks(measure, "strace", "the program 'strace'");
            return;
        }
        Path directory = Files.createTempDirectory("ips-bench-logging-");
        try {
            Path ring = Files.isWritable(Path.of("/dev/shm"))
                    ? Path.of("/dev/shm", directory.getFileName().toString())
                    : directory.resolve("ring");
            measure(bench, measure + ", ring", directory, List.of("--ring", ring.toString(), "--overwrite"));
            for (String part : List.of("", ".cursors", ".locks")) {
                Files.deleteIfExists(ring.resolveSibling(ring.getFileName() + part));
            }
            Path file = directory.resolve("log");
            measure(bench, measure + ", file", directory, List.of("--log-file", file.toString()));
        } finally {
            removeTree(directory);
        }
    }

    private static void measure(Bench bench, String measure, Path directory, List<String> log) throws Exception {
        bench.progress(measure);
        try (TracedServer server = TracedServer.start(directory, log)) {
            SystemCallCounts counts = server.trace();
            double perLine = (double) counts.ofLogging() / server.tracedLines();
            bench.report(Row.alone(measure, perLine, "calls")
                    .withNote(String.format(Locale.ROOT, "%,d lines: %s", server.tracedLines(), counts.text())));
        }
    }

    private static boolean isInstalled() throws IOException {
        try {
            return new ProcessBuilder("strace", "-V")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static void removeTree(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(directory);
    }
}
