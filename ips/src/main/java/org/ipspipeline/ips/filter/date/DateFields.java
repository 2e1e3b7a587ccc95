package org.ipspipeline.ips.filter.date;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The directives of date patterns, such as {@code %d}, as regular expressions in Python's syntax. The name of the group is
 * what the directive gives: {@code Y} a year of four digits, {@code y} of two, {@code m} the month, {@code b} and {@code B} its
 * name, and so on as in strftime. Directives with {@code Ex} are strict: no digit may be missing.
 */
final class DateFields {

    static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    static final List<String> WEEKDAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private static final String ABBREVIATED_ZONE = "[A-Z](?:[A-Z]{2,4})?";
    private static final String OFFSET = "[+-][01]\\d(?::?\\d{2})?";
    private static final int ABBREVIATION = 3;

    private final Map<String, String> regexes = new HashMap<>();

    /**
     * @param firstYear the first year that {@code %ExY} accepts
     * @param lastYear the last one; the rest of its decade is accepted too
     */
    DateFields(int firstYear, int lastYear) {
        years(firstYear, lastYear);
        monthsAndDays();
        times();
        zones();
        put("c", expand("%a %b %d %H:%M:%S %Y"));
        put("x", expand("%m/%d/%y"));
        put("X", expand("%H:%M:%S"));
    }

    private void years(int firstYear, int lastYear) {
        String decades = IntStream.rangeClosed(firstYear / 10, lastYear / 10)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("|"));
        put("ExY", "(?P<Y>(?:" + decades + ")\\d)");
        put("Exy", "(?P<y>\\d{2})");
        put("Y", "(?P<Y>\\d{4})");
        put("y", "(?P<y>\\d\\d)");
        put("G", "(?P<G>\\d\\d\\d\\d)");
    }

    private void monthsAndDays() {
        put("m", "(?P<m>0?[1-9]|1[0-2])");
        put("Exm", "(?P<m>0[1-9]|1[0-2])");
        put("b", "(?P<b>" + choice(MONTHS, ABBREVIATION) + ")");
        put("B", "(?P<B>" + choice(MONTHS, Integer.MAX_VALUE) + ")");
        put("d", "(?P<d>[1-2]\\d|[0 ]?[1-9]|3[0-1])");
        put("Exd", "(?P<d>[1-2]\\d|0[1-9]|3[0-1])");
        put("a", "(?P<a>" + choice(WEEKDAYS, ABBREVIATION) + ")");
        put("A", "(?P<A>" + choice(WEEKDAYS, Integer.MAX_VALUE) + ")");
        put("w", "(?P<w>[0-6])");
        put("u", "(?P<u>[1-7])");
        put("j", "(?P<j>36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9])");
        put("U", "(?P<U>5[0-3]|[0-4]\\d|\\d)");
        put("W", "(?P<W>5[0-3]|[0-4]\\d|\\d)");
        put("V", "(?P<V>5[0-3]|0[1-9]|[1-4]\\d|\\d)");
    }

    private void times() {
        put("H", "(?P<H>[0-1]?\\d|2[0-3])");
        put("ExH", "(?P<H>[0-1]\\d|2[0-3])");
        put("k", " ?(?P<H>[0-2]?\\d)");
        put("Exk", " ?(?P<H>[0-1]?\\d|2[0-3])");
        put("I", "(?P<I>1[0-2]|0[1-9]|[1-9])");
        put("l", " ?(?P<I>1?\\d)");
        put("Exl", " ?(?P<I>1[0-2]|\\d)");
        put("p", "(?P<p>am|pm)");
        put("M", "(?P<M>[0-5]?\\d)");
        put("ExM", "(?P<M>[0-5]\\d)");
        put("S", "(?P<S>[0-5]?\\d|6[0-1])");
        put("ExS", "(?P<S>[0-5]\\d|6[0-1])");
        put("f", "(?P<f>[0-9]{1,6})");
    }

    private void zones() {
        put("Z", "(?P<Z>Z|[A-Z]{3,5})");
        put("z", "(?P<z>Z|UTC|GMT|" + OFFSET + ")");
        put("ExZ", "(?P<Z>" + ABBREVIATED_ZONE + ")");
        put("Exz", "(?P<z>(?:" + ABBREVIATED_ZONE + ")?" + OFFSET + "|" + ABBREVIATED_ZONE + ")");
    }

    private void put(String directive, String regex) {
        regexes.put(directive, regex);
    }

    /** The names, longer ones first, so that none hides one that begins alike. */
    private static String choice(List<String> names, int length) {
        return String.join(
                "|",
                IntStream.range(0, names.size())
                        .mapToObj(i -> names.get(i)
                                .substring(0, Math.min(length, names.get(i).length())))
                        .sorted((one, other) -> other.length() - one.length())
                        .toList());
    }

    /**
     * Replaces the directives of a pattern by their expressions.
     *
     * @throws IllegalArgumentException if a percent sign starts none
     */
    String expand(String pattern) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%') {
                expanded.append(c);
                continue;
            }
            String directive = directive(pattern, i + 1);
            if (directive == null) {
                throw new IllegalArgumentException("'" + pattern.substring(i, Math.min(i + 4, pattern.length()))
                        + "' is no date directive; write %% for a percent sign");
            }
            expanded.append(directive.equals("%") ? "%" : regexes.get(directive));
            i += directive.length();
        }
        return expanded.toString();
    }

    /** The directive that begins at a place after a percent sign, or null. */
    @Nullable
    String directive(String pattern, int at) {
        for (int length = ABBREVIATION; length >= 1; length -= 2) {
            if (at + length <= pattern.length()) {
                String name = pattern.substring(at, at + length);
                if (name.equals("%") || regexes.containsKey(name)) {
                    return name;
                }
            }
        }
        return null;
    }
}
