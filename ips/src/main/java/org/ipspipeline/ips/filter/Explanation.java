package org.ipspipeline.ips.filter;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.filter.date.DetectedDate;
import org.ipspipeline.ips.filter.regex.PythonRegex;
import org.ipspipeline.ips.filter.regex.PythonTranslator;
import org.ipspipeline.ips.filter.regex.RegexSyntaxException;
import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.StepBudgetExceeded;
import org.ipspipeline.ips.filter.regex.Text;
import org.jspecify.annotations.Nullable;

/**
 * Why a filter judges a line as it does, as if the line were the first of its log.
 *
 * @param line the line
 * @param datePattern the pattern of its date, empty if it has none
 * @param date the date as written
 * @param dateMicros the moment, {@link Failure#NO_TIME} if there is none
 * @param stripped what expressions see
 * @param prefregex how the prefregex fared, null if the filter has none
 * @param content what the failregexes see, if the prefregex leaves them less than the whole
 * @param failregexes how each failregex fared
 * @param ignoreregexes how each ignoreregex fared
 * @param failure the verdict, null for none
 */
public record Explanation(
        String line,
        String datePattern,
        String date,
        long dateMicros,
        String stripped,
        @Nullable Outcome prefregex,
        String content,
        List<Outcome> failregexes,
        List<Outcome> ignoreregexes,
        @Nullable Failure failure) {

    /**
     * How an expression fared.
     *
     * @param source the expression as the filter gives it
     * @param matches whether it matches
     * @param fits as much of the text as a beginning of the expression fits
     * @param next the rest of the expression, whose beginning does not fit; empty if it matches
     */
    public record Outcome(String source, boolean matches, String fits, String next) {}

    /**
     * Explains a line.
     *
     * @param filter judges it
     * @param text the line
     * @param options how it is judged
     */
    public static Explanation of(Filter filter, String text, EvaluationOptions options) {
        Text line = new Text();
        line.set(text);
        line.allow(options.stepBudget());
        DetectedDate date = filter.newDetector().detect(line);
        Text stripped = new Text();
        stripped.setWithout(line, date.from(), date.to());
        FilterRegex prefix = filter.prefregex();
        Text content = stripped;
        Outcome prefixOutcome = null;
        if (prefix != null) {
            prefixOutcome = outcome(filter, prefix, stripped, options);
            content = content(prefix, stripped, options);
        }
        List<Outcome> outcomes = new ArrayList<>();
        if (prefixOutcome == null || prefixOutcome.matches()) {
            for (FilterRegex regex : filter.failregexes()) {
                outcomes.add(outcome(filter, regex, content, options));
            }
        }
        List<Outcome> ignorers = new ArrayList<>();
        for (FilterRegex regex : filter.ignoreregexes()) {
            ignorers.add(outcome(filter, regex, content, options));
        }
        List<Failure> failures = new FilterEvaluator(filter, options).evaluate(text);
        return new Explanation(
                text,
                date.pattern(),
                text.substring(date.from(), date.to()),
                date.isMoment() ? date.micros() : Failure.NO_TIME,
                withoutNewline(stripped),
                prefixOutcome,
                content == stripped ? "" : withoutNewline(content),
                outcomes,
                ignorers,
                failures.stream().filter(Failure::isFailure).findFirst().orElse(null));
    }

    private static Text content(FilterRegex prefix, Text stripped, EvaluationOptions options) {
        Searcher searcher = prefix.regex().searcher();
        stripped.allow(options.stepBudget());
        int group = prefix.regex().group("content");
        try {
            if (group > 0 && searcher.find(stripped) && searcher.start(group) < searcher.end(group)) {
                Text content = new Text();
                content.setPart(stripped, searcher.start(group), searcher.end(group));
                return content;
            }
        } catch (StepBudgetExceeded e) {
            return stripped;
        }
        return stripped;
    }

    private static Outcome outcome(Filter filter, FilterRegex regex, Text text, EvaluationOptions options) {
        if (finds(regex.regex(), text, options) >= 0) {
            return new Outcome(regex.source(), true, withoutNewline(text), "");
        }
        String whole = FilterTags.expand(regex.source(), filter.definition().useDns());
        List<String> beginnings = PythonTranslator.beginnings(whole);
        for (int i = beginnings.size() - 2; i >= 0; i--) {
            int end = finds(beginnings.get(i), text, options);
            if (end >= 0) {
                String next = whole.substring(beginnings.get(i).length());
                return new Outcome(regex.source(), false, withoutNewline(text, end), next);
            }
        }
        return new Outcome(regex.source(), false, "", whole);
    }

    private static int finds(String beginning, Text text, EvaluationOptions options) {
        try {
            return finds(PythonRegex.compile(beginning, false), text, options);
        } catch (RegexSyntaxException e) {
            // A beginning may lack what a condition of it asks for.
            return -1;
        }
    }

    /** Where a match ends, or -1 for none. */
    private static int finds(PythonRegex regex, Text text, EvaluationOptions options) {
        text.allow(options.stepBudget());
        Searcher searcher = regex.searcher();
        try {
            return searcher.find(text) ? searcher.end() : -1;
        } catch (StepBudgetExceeded e) {
            return -1;
        }
    }

    private static String withoutNewline(Text text) {
        return withoutNewline(text, text.length());
    }

    private static String withoutNewline(Text text, int end) {
        return text.substring(0, Math.min(end, text.length() - 1));
    }
}
