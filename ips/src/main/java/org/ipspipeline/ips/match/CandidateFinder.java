package org.ipspipeline.ips.match;

import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.match.scan.HitScanner;
import org.ipspipeline.ips.match.scan.Hits;
import org.ipspipeline.ips.match.scan.ScanDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Scans blocks of lines and hands each line with candidates to a confirmer. The literals of a block are found in one call over its
 * packed bytes; a hit belongs to the line that its last byte is in. An instance serves one thread and allocates nothing a line.
 */
public final class CandidateFinder {

    private final Prefilter prefilter;
    private final @Nullable HitScanner scanner;
    private final Hits hits;
    private final Candidates candidates;
    private final boolean everyLine;

    /** The line whose candidates are being gathered, and the index after its newline. */
    private int line;

    private int lineEnd;

    CandidateFinder(Prefilter prefilter) {
        this.prefilter = prefilter;
        ScanDatabase database = prefilter.database();
        this.scanner = database == null ? null : database.newScanner();
        this.hits = new Hits(prefilter.hitCapacity());
        this.candidates = new Candidates(prefilter.always());
        this.everyLine = prefilter.needsEveryLine();
    }

    /**
     * Finds the candidates of a block.
     *
     * @param lines the block; not changed
     * @param confirmer is given each line that has candidates, in the order of the lines
     */
    public void find(LineBuffer lines, LineConfirmer confirmer) {
        if (lines.count() == 0) {
            return;
        }
        candidates.reset();
        line = 0;
        lineEnd = lines.length(0) + 1;
        if (scanner != null) {
            scan(scanner, lines, confirmer);
        }
        confirm(lines, confirmer);
        if (everyLine) {
            advance(lines, lines.count(), confirmer);
        }
    }

    private void scan(HitScanner literals, LineBuffer lines, LineConfirmer confirmer) {
        int from = 0;
        int known = 0;
        boolean complete;
        do {
            hits.clear();
            complete = literals.scan(lines.bytes(), from, lines.size(), hits);
            for (int hit = 0; hit < hits.count(); hit++) {
                int end = hits.end(hit);
                if (end >= known) {
                    take(hits.id(hit), end, lines, confirmer);
                }
            }
            if (!complete) {
                // Others may end where the last hit did: those that are found again only name the same candidates.
                known = hits.end(hits.count() - 1);
                from = Math.max(from, known - prefilter.longestLiteral());
            }
        } while (!complete);
    }

    private void take(int literal, int end, LineBuffer lines, LineConfirmer confirmer) {
        if (end > lineEnd) {
            confirm(lines, confirmer);
            int next = line + 1;
            while (lines.start(next) + lines.length(next) + 1 < end) {
                next++;
            }
            if (everyLine) {
                advance(lines, next, confirmer);
            }
            line = next;
            lineEnd = lines.start(next) + lines.length(next) + 1;
        }
        for (int pattern : prefilter.patternsOfLiteral(literal)) {
            candidates.add(pattern);
        }
    }

    /** Confirms the lines between the current one and {@code next}, for the patterns that need every line. */
    private void advance(LineBuffer lines, int next, LineConfirmer confirmer) {
        for (line++; line < next; line++) {
            confirm(lines, confirmer);
        }
    }

    private void confirm(LineBuffer lines, LineConfirmer confirmer) {
        if (!candidates.isEmpty()) {
            confirmer.confirm(lines, line, candidates);
            candidates.reset();
        }
    }
}
