package org.ipspipeline.ips.match;

import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.line.LineBlock;

/**
 * Matches blocks of lines. For one thread. Of each line the first pattern counts that matches it: that is a failure if an address
 * stands where the pattern asks for one. Allocates nothing a line.
 */
public final class BlockMatcher {

    private final CandidateFinder finder;
    private final LineVerifier verifier;
    private final LineConfirmer confirmer = this::confirm;
    private final int longestLine;
    private LineBlock block = new LineBlock(1, 1);
    private long cutLines;

    BlockMatcher(PatternSet patterns) {
        this.finder = patterns.prefilter().newFinder();
        this.verifier = new LineVerifier(patterns);
        this.longestLine = patterns.limits().lineLength();
    }

    /**
     * Finds the failures of a block.
     *
     * @param lines gets the failures, after those it has
     */
    public void match(LineBlock lines) {
        block = lines;
        finder.find(lines.lines(), confirmer);
    }

    private void confirm(LineBuffer lines, int line, Candidates candidates) {
        int from = lines.start(line);
        int length = lines.length(line);
        boolean cut = length > longestLine;
        if (cut) {
            cutLines++;
        }
        verifier.setLine(lines.bytes(), from, from + Math.min(length, longestLine), cut);
        for (int i = candidates.next(0); i != Candidates.NONE; i = candidates.next(i + 1)) {
            if (verifier.matches(i)) {
                if (verifier.hasAddress()) {
                    block.addFailure(line, i, verifier.high(), verifier.low());
                }
                return;
            }
        }
    }

    /** {@return how many times a pattern was given up on a line because it needed too many steps} */
    public long overBudget() {
        return verifier.overBudget();
    }

    /** {@return how many times only a backtracking expression could decide} */
    public long byExpression() {
        return verifier.byExpression();
    }

    /** {@return how many lines with candidates were longer than the limit, so that only their beginning was looked at} */
    public long cutLines() {
        return cutLines;
    }
}
