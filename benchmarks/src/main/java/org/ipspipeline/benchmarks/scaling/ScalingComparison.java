package org.ipspipeline.benchmarks.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.MachineDescription;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.benchmarks.evaluation.report.Html;
import org.ipspipeline.benchmarks.evaluation.report.LinePlot;
import org.ipspipeline.benchmarks.parts.Counting;
import org.ipspipeline.ips.command.UsageException;
import org.jspecify.annotations.Nullable;

/** {@code bench scaling [DIR]}: throughput and cost by the number of things; a page of plots in DIR. */
public final class ScalingComparison implements Comparison {

    private static final long LINES = 4_000_000;
    private static final int PLOT_HEIGHT = 170;

    private final List<LinePlot> plots = new ArrayList<>();

    /** Made when the comparisons are listed, so it measures nothing yet. */
    public ScalingComparison() {}

    @Override
    public String name() {
        return "scaling";
    }

    @Override
    public String description() {
        return "throughput and cost by segments, readers, addresses and patterns; a page of plots with 'scaling DIR'";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Path directory = directory(bench.arguments());
        series(
                bench,
                "segments, each with a writing thread, one reader",
                "lines/s",
                Better.HIGHER,
                new int[] {1, 2, 4, 8, 16},
                segments -> () -> new RingTraffic(segments, 1, LINES).linesPerSecond());
        series(
                bench,
                "readers, each reading all lines of one segment",
                "lines/s",
                Better.HIGHER,
                new int[] {1, 2, 4, 8},
                readers -> () -> new RingTraffic(1, readers, LINES).linesPerSecond());
        series(
                bench,
                "addresses, counting a failure",
                "ns",
                Better.LOWER,
                new int[] {254, 4096, 65_534, 262_144, 1 << 20},
                addresses -> new Counting(addresses)::count);
        series(
                bench,
                "patterns, matching a line",
                "ns",
                Better.LOWER,
                new int[] {1, 4, 16, 64, 256},
                patterns -> new PatternCost(patterns)::nanos);
        if (directory != null) {
            write(directory.resolve("scaling.html"));
        }
    }

    private static @Nullable Path directory(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            return null;
        }
        if (arguments.size() > 1) {
            throw new UsageException("bench scaling: one directory for the page, not " + arguments);
        }
        return Files.createDirectories(Path.of(arguments.get(0)));
    }

    /** One contest, so that rounds of all numbers are interleaved; a row a number, and a plot. */
    private void series(
            Bench bench,
            String what,
            String unit,
            Better better,
            int[] numbers,
            IntFunction<Contest.Measurement> measurement)
            throws Exception {
        Contest contest = bench.contest(what, unit, better);
        for (int number : numbers) {
            contest.contender(String.valueOf(number), measurement.apply(number));
        }
        contest.run(bench.rounds());
        List<LinePlot.Point> points = new ArrayList<>();
        for (int number : numbers) {
            double median = contest.median(String.valueOf(number));
            bench.report(Row.alone(String.format(Locale.ROOT, "%,d %s", number, what), median, unit));
            points.add(new LinePlot.Point(number, median));
        }
        plots.add(new LinePlot(what, what)
                .panel(unit, PLOT_HEIGHT, List.of(new LinePlot.Line("median", "#1f6fc4", points))));
    }

    private void write(Path file) throws IOException {
        Html page = new Html("ips-pipeline: how it scales");
        page.paragraph(MachineDescription.current().values().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ")));
        page.raw("<div class=\"plots\">\n");
        for (LinePlot plot : plots) {
            page.figure(plot, "");
        }
        page.raw("</div>\n");
        Files.writeString(file, page.end());
    }
}
