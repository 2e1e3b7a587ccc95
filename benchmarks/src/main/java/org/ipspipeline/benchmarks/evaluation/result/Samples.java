package org.ipspipeline.benchmarks.evaluation.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The samples of a run, in the order of time. Not thread-safe. */
public final class Samples {

    private static final int COLUMNS = Quantity.values().length;

    private final List<double[]> rows = new ArrayList<>();

    /**
     * Adds a sample.
     *
     * @param values what is not given is 0
     */
    public void add(Map<Quantity, ? extends Number> values) {
        double[] row = new double[COLUMNS];
        values.forEach((quantity, value) -> row[column(quantity)] = value.doubleValue());
        rows.add(row);
    }

    /** {@return how many samples} */
    public int count() {
        return rows.size();
    }

    /**
     * {@return a value}
     *
     * @param sample from 0
     * @param quantity which
     */
    public double get(int sample, Quantity quantity) {
        return rows.get(sample)[column(quantity)];
    }

    /**
     * {@return the last value, 0 without samples}
     *
     * @param quantity which
     */
    public double last(Quantity quantity) {
        return rows.isEmpty() ? 0 : get(count() - 1, quantity);
    }

    /**
     * {@return how much a sum grew since the sample before}
     *
     * @param sample from 1
     * @param quantity which
     */
    public double growth(int sample, Quantity quantity) {
        return get(sample, quantity) - get(sample - 1, quantity);
    }

    /**
     * {@return how much a sum grew in a second, since the sample before}
     *
     * @param sample from 1
     * @param quantity which
     */
    public double rate(int sample, Quantity quantity) {
        double seconds = growth(sample, Quantity.SECONDS);
        return seconds <= 0 ? 0 : growth(sample, quantity) / seconds;
    }

    /** {@return the names of the columns in files} */
    public static List<String> header() {
        return Arrays.stream(Quantity.values()).map(Quantity::key).toList();
    }

    /** {@return each sample as a list of numbers, in the order of {@link #header}} */
    public List<List<Number>> toJson() {
        return rows.stream()
                .map(row -> Arrays.stream(row).mapToObj(Samples::number).toList())
                .toList();
    }

    /** {@return each sample as a line of comma-separated values, without a header} */
    public List<String> csv() {
        return toJson().stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .toList();
    }

    /**
     * {@return the samples that {@link #toJson} made the lists of}
     *
     * @param header the names of the columns
     * @param rows lists of numbers
     */
    public static Samples fromJson(List<?> header, List<?> rows) {
        Map<String, Quantity> byKey =
                Arrays.stream(Quantity.values()).collect(Collectors.toMap(Quantity::key, quantity -> quantity));
        Samples samples = new Samples();
        for (Object row : rows) {
            List<?> numbers = (List<?>) row;
            Map<Quantity, Number> values = new EnumMap<>(Quantity.class);
            for (int i = 0; i < header.size(); i++) {
                Quantity quantity = byKey.get(String.valueOf(header.get(i)));
                if (quantity != null && numbers.get(i) instanceof Number number) {
                    values.put(quantity, number);
                }
            }
            samples.add(values);
        }
        return samples;
    }

    private static Number number(double value) {
        if (value == Math.rint(value)) {
            return Math.round(value);
        }
        return Math.rint(value * 1000) / 1000;
    }

    @SuppressWarnings("EnumOrdinal") // the columns of an array that never leaves this object
    private static int column(Quantity quantity) {
        return quantity.ordinal();
    }
}
