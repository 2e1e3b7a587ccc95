package org.ipspipeline.benchmarks.stages;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.JavaProcess;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.benchmarks.jmh.StageBenchmark;
import org.ipspipeline.benchmarks.jmh.Suites;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** {@code bench stages}: parse, match, count and ban, p50, p99 and p99.9. */
public final class StagesComparison implements Comparison {

    private static final List<String> STAGES = List.of("parse", "match", "count", "ban");
    private static final int[] RATES = {1_000, 100_000, 1_000_000};
    private static final double[] PERCENTILES = {50, 99, 99.9};

    /** Made when the comparisons are listed, so it measures nothing yet. */
    public StagesComparison() {}

    @Override
    public String name() {
        return "stages";
    }

    @Override
    public String description() {
        return "parse, match, count and ban: what a block takes each, by JMH and in a daemon at work";
    }

    @Override
    public void run(Bench bench) throws Exception {
        bench.progress("each stage alone, by JMH");
        List<RunResult> results = new ArrayList<>(Suites.run(StageBenchmark.class.getSimpleName(), bench.rounds()));
        results.sort(Comparator.comparing((RunResult result) -> lines(result))
                .thenComparing(result -> STAGES.indexOf(stage(result))));
        results.forEach(result -> alone(bench, result));
        if (!"root".equals(System.getProperty("user.name"))) {
            bench.lacks("in a daemon at work", "XDP", "root privileges");
            return;
        }
        for (int rate : RATES) {
            bench.progress(String.format(Locale.ROOT, "a daemon at %,d lines/s", rate));
            live(bench, rate);
        }
    }

    private static int lines(RunResult result) {
        return Integer.parseInt(result.getParams().getParam("lines"));
    }

    private static String stage(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void alone(Bench bench, RunResult result) {
        Statistics samples = result.getPrimaryResult().getStatistics();
        int lines = lines(result);
        String measure = stage(result) + " alone, a block of " + lines + (lines == 1 ? " line" : " lines");
        for (double percentile : PERCENTILES) {
            bench.report(Row.alone(measure + ", " + title(percentile), samples.getPercentile(percentile), "ns")
                    .withNote(
                            String.format(Locale.ROOT, "%.1f bytes allocated a block", Suites.bytesAllocated(result))));
        }
    }

    private static void live(Bench bench, int rate) throws IOException {
        String at = String.format(Locale.ROOT, " at %,d lines/s, ", rate);
        for (String line : lines(JavaProcess.of(LivePeer.class, String.valueOf(rate)))) {
            String[] words = line.split(" ", -1);
            String measure =
                    words[0].equals("all") ? "from a line's stamp to the end of its ban" : words[0] + " in the daemon";
            for (int i = 0; i < PERCENTILES.length; i++) {
                bench.report(Row.alone(measure + at + title(PERCENTILES[i]), Double.parseDouble(words[i + 1]), "ns"));
            }
        }
    }

    private static String title(double percentile) {
        return percentile == 99.9 ? "p99.9" : "p" + (int) percentile;
    }

    private static List<String> lines(ProcessBuilder command) throws IOException {
        Process process = command.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        }
        int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0) {
            throw new IOException(String.join(" ", command.command()) + " failed with exit code " + exitCode);
        }
        return lines;
    }
}
