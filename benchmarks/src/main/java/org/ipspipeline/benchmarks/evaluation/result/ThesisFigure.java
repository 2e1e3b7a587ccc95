package org.ipspipeline.benchmarks.evaluation.result;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a figure of the thesis shows, measured on its machine (16 cores, 100 GbE) over 300 s. Values it does not give are NaN.
 *
 * @param figure its number, such as {@code 4.12}
 * @param caption what it shows
 * @param offeredPps packets a second
 * @param relativeDropPercent by its formula
 * @param logMessages in all
 * @param cpuSeconds of its intrusion prevention system
 * @param secondsToMost until 95 % were dropped
 * @param remark what else it says, may be empty
 */
public record ThesisFigure(
        String figure,
        String caption,
        double offeredPps,
        double relativeDropPercent,
        double logMessages,
        double cpuSeconds,
        double secondsToMost,
        String remark) {

    private static final List<ThesisFigure> ALL = read();

    /** {@return all figures of its evaluation, in its order} */
    public static List<ThesisFigure> all() {
        return ALL;
    }

    /**
     * {@return the figure}
     *
     * @param number such as {@code 4.12}
     */
    public static Optional<ThesisFigure> numbered(String number) {
        return ALL.stream().filter(each -> each.figure.equals(number)).findFirst();
    }

    /** {@return CPU microseconds a log message} */
    public double cpuMicrosPerMessage() {
        return cpuSeconds * 1e6 / logMessages;
    }

    private static List<ThesisFigure> read() {
        List<ThesisFigure> figures = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(ThesisFigure.class.getResourceAsStream("thesis.csv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .skip(1)
                    .map(ThesisFigure::fields)
                    .forEach(field -> figures.add(new ThesisFigure(
                            field.get(0),
                            field.get(1),
                            number(field.get(2)),
                            number(field.get(3)),
                            number(field.get(4)),
                            number(field.get(5)),
                            number(field.get(6)),
                            field.get(7))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(figures);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
