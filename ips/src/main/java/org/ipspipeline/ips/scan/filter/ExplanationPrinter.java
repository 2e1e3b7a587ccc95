package org.ipspipeline.ips.scan.filter;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.ipspipeline.ips.filter.Explanation;
import org.ipspipeline.ips.filter.Failure;
import org.jspecify.annotations.Nullable;

/** Prints why a filter judges a line as it does. */
public final class ExplanationPrinter {

    private static final int MAX_NEAR_MISSES = 5;
    private static final int MAX_REST = 60;

    private final PrintWriter out;
    private final ZoneId zone;

    /**
     * @param out where to
     * @param zone of the times to show
     */
    public ExplanationPrinter(PrintWriter out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    /** Prints an explanation. */
    public void print(Explanation explanation) {
        print("line", explanation.line());
        if (explanation.datePattern().isEmpty()) {
            print("date", "none: no date pattern of the filter fits");
        } else {
            String moment =
                    explanation.dateMicros() == Failure.NO_TIME ? "no moment" : moment(explanation.dateMicros());
            print("date", "'" + explanation.date() + "' is " + moment + ", by pattern " + explanation.datePattern());
        }
        print("text", explanation.stripped());
        Explanation.Outcome prefix = explanation.prefregex();
        if (prefix != null) {
            printOutcome("prefregex", 0, prefix);
            if (!explanation.content().isEmpty()) {
                print("content", explanation.content());
            }
        }
        printRegexes("failregex", explanation.failregexes());
        printRegexes("ignoreregex", explanation.ignoreregexes());
        printVerdict(explanation.failure());
        out.flush();
    }

    /** Prints those that match, or else those that come nearest. */
    private void printRegexes(String kind, List<Explanation.Outcome> outcomes) {
        boolean any = false;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).matches()) {
                any = true;
                printOutcome(kind, i + 1, outcomes.get(i));
            }
        }
        if (!any) {
            outcomes.stream()
                    .sorted((one, other) -> other.fits().length() - one.fits().length())
                    .limit(MAX_NEAR_MISSES)
                    .forEach(outcome -> printOutcome(kind, outcomes.indexOf(outcome) + 1, outcome));
        }
    }

    private void printOutcome(String kind, int number, Explanation.Outcome outcome) {
        String label = number == 0 ? kind : kind + " #" + number;
        print(label, (outcome.matches() ? "matches: " : "does not match: ") + outcome.source());
        if (!outcome.matches()) {
            print("", outcome.fits().isEmpty() ? "nothing of it fits" : "fits up to: " + outcome.fits());
            print("", "then expects: " + shortened(outcome.next()));
        }
    }

    private static String shortened(String regex) {
        return regex.length() <= MAX_REST ? regex : regex.substring(0, MAX_REST) + "...";
    }

    private void printVerdict(@Nullable Failure failure) {
        if (failure == null) {
            print("verdict", "no failure");
            return;
        }
        print("verdict", "a failure of " + failure.identity() + ", by failregex #" + (failure.regex() + 1));
        failure.groups().forEach((name, value) -> {
            if (value != null && !name.equals("matches") && !name.equals("nofail-matches")) {
                print("", name + " = " + value);
            }
        });
    }

    private String moment(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .atZone(zone)
                .toOffsetDateTime()
                .toString();
    }

    private void print(String label, String text) {
        out.printf("%-16s %s%n", label, text);
    }
}
