package org.ipspipeline.ips.scan.filter;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells a result to people, or as JSON. */
public final class FilterReport {

    private final FilterResult result;

    /**
     * Prepares a report.
     *
     * @param result what to tell
     */
    public FilterReport(FilterResult result) {
        this.result = result;
    }

    /**
     * Prints the result for people.
     *
     * @param out where to
     * @param showMissed whether to print the first lines that no expression matched
     */
    public void print(PrintWriter out, boolean showMissed) {
        out.printf("filter %s (%s)%n%n", result.filter(), result.place());
        print(out, "FAILREGEX", result.failregexes());
        if (!result.ignoreregexes().isEmpty()) {
            print(out, "IGNOREREGEX", result.ignoreregexes());
        }
        line(
                out,
                "lines",
                "%,d: %,d matched, %,d ignored, %,d missed",
                result.lines(),
                result.matches(),
                result.ignored(),
                result.missed());
        line(out, "dates", "%,d found, %,d lines without", result.dated(), result.undated());
        line(out, "addresses", "%s%,d", result.isComplete() ? "" : "more than ", result.addresses());
        for (FilterResult.Identity identity : result.top()) {
            out.printf(Locale.ROOT, "%,20d  %s%n", identity.matches(), identity.address());
        }
        if (result.hostNames() > 0) {
            line(out, "names", "%,d failures name a host; names are not resolved here", result.hostNames());
        }
        if (result.exceeded() > 0) {
            line(out, "exceeded", "%,d lines took too many steps and were given up", result.exceeded());
        }
        line(
                out,
                "time",
                "%.3f s, %,.0f lines/s, %,.1f MB/s",
                result.seconds(),
                result.linesPerSecond(),
                result.seconds() == 0 ? 0 : result.bytes() / result.seconds() / 1e6);
        if (showMissed) {
            out.println();
            result.missedLines().forEach(missed -> out.println("missed: " + missed));
        }
        out.flush();
    }

    private static void print(PrintWriter out, String kind, List<FilterResult.Hits> regexes) {
        out.printf("%10s    #  %s%n", "HITS", kind);
        for (FilterResult.Hits regex : regexes) {
            if (regex.hits() > 0) {
                out.printf(Locale.ROOT, "%,10d %4d  %s%n", regex.hits(), regex.number(), regex.regex());
            }
        }
        out.println();
    }

    private static void line(PrintWriter out, String what, String format, Object... values) {
        out.printf("%-9s %s%n", what, String.format(Locale.ROOT, format, values));
    }

    /** {@return the result as one JSON object} */
    public Map<String, Object> toJson() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("filter", result.filter());
        object.put("lines", result.lines());
        object.put("matches", result.matches());
        object.put("ignored", result.ignored());
        object.put("missed", result.missed());
        object.put("dates_found", result.dated());
        object.put("dates_missing", result.undated());
        object.put("exceeded", result.exceeded());
        object.put("addresses", result.addresses());
        object.put("seconds", result.seconds());
        object.put("lines_per_second", result.linesPerSecond());
        object.put("failregexes", toJson(result.failregexes()));
        object.put("ignoreregexes", toJson(result.ignoreregexes()));
        object.put(
                "top",
                result.top().stream()
                        .map(identity -> Map.of("address", identity.address(), "matches", identity.matches()))
                        .toList());
        return object;
    }

    private static List<Map<String, Object>> toJson(List<FilterResult.Hits> regexes) {
        return regexes.stream()
                .map(regex -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put("number", regex.number());
                    object.put("regex", regex.regex());
                    object.put("hits", regex.hits());
                    return object;
                })
                .toList();
    }
}
