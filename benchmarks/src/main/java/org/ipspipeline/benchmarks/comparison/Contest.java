package org.ipspipeline.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Contenders for one measure, run interleaved: each round runs every contender once, each round starting with another
 * one, so that a slow minute of the machine hits all of them. A ratio is the median of the rounds' ratios, not the ratio of
 * the medians.
 */
public final class Contest {

    private final String measure;
    private final String unit;
    private final Better better;
    private final Map<String, Measurement> contenders = new LinkedHashMap<>();
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private boolean warm;

    /** Runs a contender once and returns its value in the contest's unit. */
    @FunctionalInterface
    public interface Measurement {
        /**
         * Runs once.
         *
         * @return the value
         * @throws Exception when the contender failed
         */
        double measure() throws Exception;
    }

    Contest(String measure, String unit, Better better) {
        this.measure = measure;
        this.unit = unit;
        this.better = better;
    }

    /**
     * Adds a contender.
     *
     * @param name as the table shows it
     * @param measurement runs it once
     * @return this
     */
    public Contest contender(String name, Measurement measurement) {
        contenders.put(name, measurement);
        return this;
    }

    /**
     * Takes the contenders for warm: each is a process that warms up by itself, so no round is run in vain.
     *
     * @return this
     */
    public Contest warm() {
        warm = true;
        return this;
    }

    /**
     * Runs all contenders, one warm-up round unless they are {@link #warm}, and then the given number of rounds.
     *
     * @param rounds how many values each contender gives, at least 1
     * @return this, with the values
     * @throws Exception the first failure of a contender
     */
    public Contest run(int rounds) throws Exception {
        List<String> names = new ArrayList<>(contenders.keySet());
        names.forEach(name -> values.put(name, new double[rounds]));
        for (int round = warm ? 0 : -1; round < rounds; round++) {
            for (int turn = 0; turn < names.size(); turn++) {
                String name = names.get(Math.floorMod(round + turn, names.size()));
                double value = Objects.requireNonNull(contenders.get(name)).measure();
                if (round >= 0) {
                    valuesOf(name)[round] = value;
                }
            }
        }
        return this;
    }

    /**
     * A contender's median.
     *
     * @param name of a contender that has run
     * @return the median of its rounds
     */
    public double median(String name) {
        return median(valuesOf(name));
    }

    /**
     * Compares two contenders.
     *
     * @param ours the contender judged
     * @param theirs the one it is judged by
     * @return the row
     */
    public Row compare(String ours, String theirs) {
        double[] our = valuesOf(ours);
        double[] their = valuesOf(theirs);
        double[] ratios = new double[our.length];
        Arrays.setAll(ratios, round -> better.ratio(our[round], their[round]));
        return new Row(measure, median(our), unit, theirs, median(their), median(ratios), "");
    }

    private double[] valuesOf(String name) {
        return Objects.requireNonNull(values.get(name), () -> "no contender '" + name + "' has run");
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
