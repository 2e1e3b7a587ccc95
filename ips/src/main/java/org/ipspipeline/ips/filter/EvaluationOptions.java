package org.ipspipeline.ips.filter;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a filter is applied.
 *
 * @param encoding of lines that are not ASCII
 * @param stepBudget how many characters all expressions together may look at for one line; more are counted as exceeded
 * @param allRegexes whether every failregex is tried, even after one has matched: for tests of filters
 */
public record EvaluationOptions(Charset encoding, long stepBudget, boolean allRegexes) {

    /** Enough for every expression of fail2ban's on any line of some thousand characters; a few milliseconds. */
    public static final long DEFAULT_STEP_BUDGET = 500_000;

    /** What the daemon uses: the first failregex that matches counts. */
    public static final EvaluationOptions STANDARD =
            new EvaluationOptions(StandardCharsets.UTF_8, DEFAULT_STEP_BUDGET, false);

    /** The same with every failregex tried. */
    public EvaluationOptions withAllRegexes() {
        return new EvaluationOptions(encoding, stepBudget, true);
    }

    /** The same for another encoding. */
    public EvaluationOptions withEncoding(Charset other) {
        return new EvaluationOptions(other, stepBudget, allRegexes);
    }
}
