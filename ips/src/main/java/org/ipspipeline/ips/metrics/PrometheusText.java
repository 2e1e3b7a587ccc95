package org.ipspipeline.ips.metrics;

import java.util.Locale;

/** Writes metrics in Prometheus's text format, version 0.0.4. For one thread. */
final class PrometheusText {

    private final StringBuilder text = new StringBuilder(16 * 1024);
    private String name = "";

    /**
     * Begins a metric.
     *
     * @param metric its name
     * @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary}
     * @param help one line
     */
    PrometheusText metric(String metric, String type, String help) {
        name = metric;
        text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
        return this;
    }

    /**
     * Adds a value of the metric begun last.
     *
     * @param value a whole number
     * @param labels names and values in turn
     */
    PrometheusText value(long value, String... labels) {
        return sample("", Long.toString(value), labels);
    }

    /** As {@link #value(long, String...)}, for a fraction. */
    PrometheusText value(double value, String... labels) {
        return sample("", number(value), labels);
    }

    /**
     * Adds a part of the metric begun last.
     *
     * @param suffix such as {@code _sum}
     * @param value the part
     * @param labels names and values in turn
     */
    PrometheusText part(String suffix, double value, String... labels) {
        return sample(suffix, number(value), labels);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.9g", value);
    }

    private PrometheusText sample(String suffix, String value, String... labels) {
        text.append(name).append(suffix);
        for (int i = 0; i + 1 < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escape(labels[i + 1]);
            text.append('"');
        }
        text.append(labels.length > 1 ? "} " : " ").append(value).append('\n');
        return this;
    }

    private void escape(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
