package org.ipspipeline.loadgen.testbed;

import java.util.Map;

/** Reads numbers out of the objects that participants report. */
public final class ReportedValues {

    private ReportedValues() {}

    /**
     * {@return a number, or the sum of the numbers of an object such as {@code {ipv4, ipv6}}; 0 where there is nothing yet}
     *
     * @param report what a participant reported
     * @param path the keys on the way
     */
    public static long sum(Map<String, Object> report, String... path) {
        return sumOf(find(report, path));
    }

    private static long sumOf(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof Map<?, ?> parts
                ? parts.values().stream().mapToLong(ReportedValues::sumOf).sum()
                : 0;
    }

    /**
     * {@return a number with its fraction; 0 where there is none yet}
     *
     * @param report what a participant reported
     * @param path the keys on the way
     */
    public static double number(Map<String, Object> report, String... path) {
        return find(report, path) instanceof Number number ? number.doubleValue() : 0;
    }

    private static Object find(Map<String, Object> report, String... path) {
        Object value = report;
        for (String key : path) {
            if (!(value instanceof Map<?, ?> object) || object.get(key) == null) {
                return 0L;
            }
            value = object.get(key);
        }
        return value;
    }
}
