package org.ipspipeline.ips.scan.filter;

import java.io.IOException;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.filter.EvaluationOptions;
import org.ipspipeline.ips.filter.Failure;
import org.ipspipeline.ips.filter.Filter;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.line.LineBlock;
import org.jspecify.annotations.Nullable;

/** Has a filter judge every line of files, and counts what the lines came to. For one thread. */
public final class FilterScan {

    private final Filter filter;
    private final FilterEvaluator evaluator;
    private final EvaluationOptions options;
    private final boolean journal;
    private final FilterTally tally;
    private final @Nullable VerdictWriter verdicts;
    private byte[] bytes = new byte[1024];

    /**
     * Prepares a scan.
     *
     * @param filter judges the lines
     * @param options how
     * @param journal whether the lines are the journal's, which knows their time: no date is looked for in them
     * @param verdicts is told of each line, null for nobody
     */
    public FilterScan(Filter filter, EvaluationOptions options, boolean journal, @Nullable VerdictWriter verdicts) {
        this.filter = filter;
        this.evaluator = new FilterEvaluator(filter, options);
        this.options = options;
        this.journal = journal;
        this.verdicts = verdicts;
        this.tally = new FilterTally(filter.definition());
    }

    /**
     * Judges the lines of a block.
     *
     * @param block the lines that follow those of the last block
     * @throws IOException when the verdicts cannot be written
     */
    public void judge(LineBlock block) throws IOException {
        LineBuffer lines = block.lines();
        for (int line = 0; line < lines.count(); line++) {
            int length = lines.length(line);
            if (bytes.length < length) {
                bytes = new byte[2 * length];
            }
            lines.bytes().get(lines.start(line), bytes, 0, length);
            judge(length);
        }
        if (verdicts != null) {
            verdicts.flush();
        }
    }

    private void judge(int length) throws IOException {
        tally.addLine(length);
        long ignoredBefore = evaluator.counts().ignored();
        long exceededBefore = evaluator.counts().exceeded();
        List<Failure> failures = journal
                ? evaluator.evaluateDated(text(length), filter.dates().clock().millis() * 1000)
                : evaluator.evaluate(bytes, 0, length);
        Failure match = null;
        for (Failure failure : failures) {
            if (!failure.isFailure()) {
                tally.addHelper(failure.regex());
            } else if (match == null) {
                match = failure;
                tally.addMatch(failure);
            } else {
                tally.addFurther(failure.regex());
            }
        }
        boolean ignored = match == null && evaluator.counts().ignored() > ignoredBefore;
        if (ignored) {
            tally.addIgnored();
        } else if (match == null && tally.wantsMissedLines()) {
            tally.addMissed(text(length));
        }
        if (verdicts != null) {
            verdicts.write(
                    text(length),
                    evaluator.dates().micros(),
                    match,
                    ignored,
                    evaluator.counts().exceeded() > exceededBefore);
        }
    }

    private String text(int length) {
        return new String(bytes, 0, length, options.encoding());
    }

    /**
     * Tells what the lines came to.
     *
     * @param seconds spent on them
     * @return the result so far
     */
    public FilterResult result(double seconds) {
        return tally.result(evaluator, seconds);
    }
}
