package org.ipspipeline.ips.match.filter;

import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.filter.Failure;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.filter.Finding;
import org.ipspipeline.ips.filter.RegexChoice;
import org.ipspipeline.ips.match.CandidateFinder;
import org.ipspipeline.ips.match.Candidates;
import org.ipspipeline.ips.match.LineConfirmer;
import org.jspecify.annotations.Nullable;

/**
 * Applies the filters of a set to the lines of one log. Remembers what the filters want remembered, so it must see every block of the
 * log, in order. For one thread at a time.
 *
 * <p>The verdicts are those of {@link FilterEvaluator} over every line, but for what a filter learns from lines that hold none of its
 * literals: which date form the log has, and the time of the line before, which stands in for that of a line without a date.
 */
public final class FilterMatcher {

    private static final LineTimes UNKNOWN = line -> Failure.NO_TIME;
    private static final FilterListener NOBODY = (line, filter, finding) -> {};

    private final FilterSet set;
    private final CandidateFinder finder;
    private final FilterEvaluator[] evaluators;
    private final Choice[] choices;
    private final FilterWindows windows;
    private final LineConfirmer confirmer = this::confirm;
    private FilterListener listener = NOBODY;
    private LineTimes times = UNKNOWN;
    private byte[] bytes = new byte[1024];
    private long candidateLines;

    FilterMatcher(FilterSet set, List<FilterEvaluator> evaluators) {
        this.set = set;
        this.finder = set.prefilter().newFinder();
        this.evaluators = evaluators.toArray(FilterEvaluator[]::new);
        this.choices = new Choice[set.size()];
        for (int filter = 0; filter < choices.length; filter++) {
            choices[filter] = new Choice(set.firstRegex(filter), set.firstRegex(filter + 1));
        }
        this.windows = new FilterWindows(evaluators);
    }

    /** The candidates among the expressions of one filter. */
    private static final class Choice implements RegexChoice {

        private final int first;
        private final int end;
        private @Nullable Candidates candidates;

        Choice(int first, int end) {
            this.first = first;
            this.end = end;
        }

        @Override
        public int next(int from) {
            int next = candidates == null ? NONE : candidates.next(first + from);
            return next == Candidates.NONE || next >= end ? NONE : next - first;
        }
    }

    /**
     * Judges the next block of the log.
     *
     * @param lines the block; not changed
     * @param failures is told of what was found
     */
    public void match(LineBuffer lines, FilterListener failures) {
        match(lines, UNKNOWN, failures);
    }

    /**
     * Judges the next block of a log that knows when its lines were written.
     *
     * @param lines the block; not changed
     * @param known the times of its lines
     * @param failures is told of what was found
     */
    public void match(LineBuffer lines, LineTimes known, FilterListener failures) {
        listener = failures;
        times = known;
        windows.begin(lines, known, failures);
        finder.find(lines, confirmer);
        windows.end();
        listener = NOBODY;
    }

    private void confirm(LineBuffer lines, int line, Candidates candidates) {
        candidateLines++;
        windows.catchUp(line);
        int length = lines.length(line);
        if (bytes.length < length) {
            bytes = new byte[2 * length];
        }
        lines.bytes().get(lines.start(line), bytes, 0, length);
        long micros = times.micros(line);
        int regex = candidates.next(0);
        while (regex != Candidates.NONE) {
            int filter = set.owner(regex);
            if (windows.isWindowed(filter)) {
                windows.see(filter, line);
            } else {
                Choice choice = choices[filter];
                choice.candidates = candidates;
                Finding finding = evaluators[filter].find(bytes, 0, length, choice, micros);
                if (finding != null) {
                    listener.failure(line, filter, finding);
                }
            }
            regex = candidates.next(set.firstRegex(filter + 1));
        }
    }

    /** {@return how many lines held a literal of some filter, or went to filters that need every line} */
    public long candidateLines() {
        return candidateLines;
    }

    /** {@return how many times a filter gave up a line because its expressions needed too many steps} */
    public long exceeded() {
        long exceeded = 0;
        for (FilterEvaluator evaluator : evaluators) {
            exceeded += evaluator.counts().exceeded();
        }
        return exceeded;
    }

    /**
     * Tells what applies a filter, and what it has counted.
     *
     * @param filter its number in the set
     * @return not to be given lines by others
     */
    public FilterEvaluator evaluator(int filter) {
        return evaluators[filter];
    }
}
