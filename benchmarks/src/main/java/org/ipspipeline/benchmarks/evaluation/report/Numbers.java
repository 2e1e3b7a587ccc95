package org.ipspipeline.benchmarks.evaluation.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers for people; what there is not is a dash. */
final class Numbers {

    private static final String NONE = "–";

    private Numbers() {}

    static String whole(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.0f", value) : NONE;
    }

    static String percent(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f %%", value) : NONE;
    }

    static String decimal(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : NONE;
    }

    static String seconds(OptionalDouble value) {
        return value.isPresent() ? decimal(value.getAsDouble()) : "never";
    }
}
