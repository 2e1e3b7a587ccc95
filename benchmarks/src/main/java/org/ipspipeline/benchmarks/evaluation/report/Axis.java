package org.ipspipeline.benchmarks.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis from zero to a round number.
 *
 * @param end the round number, above 0
 * @param step between two marks
 */
record Axis(double end, double step) {

    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    /** {@return an axis of about so many marks that reaches a value} */
    static Axis upTo(double most, int marks) {
        double value = most > 0 && Double.isFinite(most) ? most : 1;
        double rough = value / marks;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = ROUND[ROUND.length - 1] * power;
        for (double round : ROUND) {
            if (round * power >= rough * (1 - 1e-9)) {
                step = round * power;
                break;
            }
        }
        return new Axis(step * Math.ceil(value / step - 1e-9), step);
    }

    /** {@return where the marks are, both ends included} */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
            marks.add(i * step);
        }
        return marks;
    }

    /** {@return a value as short as an axis needs it: 2.5M, 300k, 0.4} */
    static String label(double value) {
        if (value >= 1e6) {
            return shortest(value / 1e6) + "M";
        }
        return value >= 1e4 ? shortest(value / 1e3) + "k" : shortest(value);
    }

    private static String shortest(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
