package org.ipspipeline.benchmarks.ipc;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a contender measured.
 *
 * @param rate lines a second that the slowest reader got
 * @param cpuMicros processor time of all processes, in microseconds a line
 * @param lost lines that the reader missed that missed most
 * @param medianMicros time from send to receive
 * @param highMicros its 99th percentile
 */
record Figures(double rate, double cpuMicros, double lost, double medianMicros, double highMicros) {

    private static final int COUNT = 5;

    /** Reads what a peer prints. */
    static Figures parse(String line) {
        double[] values = Arrays.stream(line.trim().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        if (values.length != COUNT) {
            throw new IllegalArgumentException("not " + COUNT + " figures: " + line);
        }
        return new Figures(values[0], values[1], values[2], values[3], values[4]);
    }

    /** What a peer prints. */
    String text() {
        return rate + " " + cpuMicros + " " + lost + " " + medianMicros + " " + highMicros;
    }

    /** The medians of several runs; of the lost lines the most. */
    static Figures median(List<Figures> runs) {
        return new Figures(
                median(runs, Figures::rate),
                median(runs, Figures::cpuMicros),
                runs.stream().mapToDouble(Figures::lost).max().orElse(0),
                median(runs, Figures::medianMicros),
                median(runs, Figures::highMicros));
    }

    private static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
