package org.ipspipeline.ips.match;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.scan.HitScanner;
import org.ipspipeline.ips.match.scan.Hits;
import org.ipspipeline.ips.match.scan.ScanDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Matches blocks of lines. For one thread. Allocates nothing for lines that a token program decides, which is most of them.
 */
public final class BlockMatcher {

    private static final int HITS = 4096;

    private final PatternSet patterns;
    private final @Nullable HitScanner scanner;
    private final Hits hits = new Hits(HITS);
    private final Candidates candidates;
    private final LineVerifier verifier;

    BlockMatcher(PatternSet patterns) {
        this.patterns = patterns;
        ScanDatabase database = patterns.database();
        this.scanner = database == null ? null : database.newScanner();
        this.candidates = new Candidates(patterns.size());
        this.verifier = new LineVerifier(patterns);
    }

    /**
     * Finds the failures of a block: for each line, that of the first pattern that matches it.
     *
     * @param block gets the failures, after those it has
     */
    public void match(LineBlock block) {
        LineBuffer lines = block.lines();
        int from = 0;
        while (from < lines.count()) {
            from = match(block, lines, from);
        }
    }

    /** Matches lines from one on, until the hits are full; returns the first line that is still to be matched. */
    private int match(LineBlock block, LineBuffer lines, int from) {
        hits.clear();
        boolean complete = scanner == null || scanner.scan(lines.bytes(), lines.start(from), lines.size(), hits);
        if (complete) {
            matchAll(block, lines, from, lines.count());
            return lines.count();
        }
        int last = lineOf(lines, from, hits.end(hits.count() - 1) - 1);
        if (last > from) {
            // The last line may have more hits than there was room for: it is scanned again with those after it.
            matchAll(block, lines, from, last);
            return last;
        }
        for (int number = 0; number < patterns.size(); number++) {
            candidates.addAll(new int[] {number});
        }
        verify(block, lines, from);
        return from + 1;
    }

    private void matchAll(LineBlock block, LineBuffer lines, int from, int to) {
        int hit = 0;
        int count = hits.count();
        boolean always = patterns.always().length > 0;
        int line = from;
        while (line < to) {
            if (!always) {
                if (hit == count) {
                    return;
                }
                line = lineOf(lines, line, hits.end(hit) - 1);
                if (line >= to) {
                    return;
                }
            }
            int end = lines.start(line) + lines.length(line);
            while (hit < count && hits.end(hit) <= end) {
                candidates.addAll(patterns.patternsOf(hits.id(hit)));
                hit++;
            }
            if (always) {
                candidates.addAll(patterns.always());
            }
            verify(block, lines, line);
            line++;
        }
    }

    private void verify(LineBlock block, LineBuffer lines, int line) {
        ByteBuffer bytes = lines.bytes();
        int from = lines.start(line);
        int to = from + lines.length(line);
        for (int number = candidates.removeFirst(); number >= 0; number = candidates.removeFirst()) {
            if (verifier.matches(number, bytes, from, to)) {
                block.addFailure(line, number, verifier.high(), verifier.low());
                candidates.clear();
                return;
            }
        }
    }

    /** The line that holds a byte. Lines with hits are close together, so going on from the last one is fastest. */
    private static int lineOf(LineBuffer lines, int from, int index) {
        int line = from;
        while (line + 1 < lines.count() && lines.start(line + 1) <= index) {
            line++;
        }
        return line;
    }

    /** {@return lines that were given up because a pattern needed too many steps for them} */
    public long overBudget() {
        return verifier.overBudget();
    }

    /** {@return lines that only a backtracking expression could decide} */
    public long byExpression() {
        return verifier.byExpression();
    }
}
