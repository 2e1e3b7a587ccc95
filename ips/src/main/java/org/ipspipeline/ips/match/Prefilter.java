package org.ipspipeline.ips.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.match.scan.Expression;
import org.ipspipeline.ips.match.scan.LiteralDatabases;
import org.ipspipeline.ips.match.scan.ScanDatabase;
import org.ipspipeline.ips.match.syntax.Needle;
import org.ipspipeline.ips.match.syntax.Needles;
import org.jspecify.annotations.Nullable;

/**
 * Tells which patterns may match which lines by one scan for all their literals. A pattern without literals is a candidate for every
 * line. Immutable, shared by all threads.
 */
public final class Prefilter {

    private final int patterns;
    private final long[] always;
    private final boolean everyLine;
    private final @Nullable ScanDatabase database;
    /** The patterns that each literal speaks for. */
    private final int[][] patternsOfLiteral;

    private final int longestLiteral;

    private Prefilter(List<? extends @Nullable Needles> needlesOfPatterns, boolean portable) {
        patterns = needlesOfPatterns.size();
        always = new long[Math.max(1, (patterns + Long.SIZE - 1) / Long.SIZE)];
        Map<Expression, List<Integer>> literals = new LinkedHashMap<>();
        boolean some = false;
        for (int pattern = 0; pattern < patterns; pattern++) {
            Needles needles = needlesOfPatterns.get(pattern);
            if (needles == null) {
                always[pattern >> 6] |= 1L << pattern;
                some = true;
                continue;
            }
            for (Needle needle : needles.literals()) {
                literals.computeIfAbsent(
                                new Expression(needle.bytes(), needles.caseless()), literal -> new ArrayList<>())
                        .add(pattern);
            }
        }
        everyLine = some;
        List<Expression> expressions = List.copyOf(literals.keySet());
        patternsOfLiteral = literals.values().stream()
                .map(numbers -> numbers.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        longestLiteral = expressions.stream()
                .mapToInt(literal -> literal.text().length)
                .max()
                .orElse(0);
        if (expressions.isEmpty()) {
            database = null;
        } else {
            database = portable ? LiteralDatabases.portable(expressions) : LiteralDatabases.of(expressions);
        }
    }

    /**
     * Prepares the scan.
     *
     * @param needlesOfPatterns the literals of each pattern, null for one that has none; a pattern's number is its index
     * @return the prefilter
     */
    public static Prefilter of(List<? extends @Nullable Needles> needlesOfPatterns) {
        return new Prefilter(needlesOfPatterns, false);
    }

    /**
     * Prepares the scan without Hyperscan.
     *
     * @param needlesOfPatterns the literals of each pattern, null for one that has none; a pattern's number is its index
     * @return the prefilter
     */
    public static Prefilter portable(List<? extends @Nullable Needles> needlesOfPatterns) {
        return new Prefilter(needlesOfPatterns, true);
    }

    /**
     * Makes a finder.
     *
     * @return for one thread
     */
    public CandidateFinder newFinder() {
        return new CandidateFinder(this);
    }

    /** {@return how many patterns there are} */
    public int patterns() {
        return patterns;
    }

    /** {@return whether every line has candidates, because a pattern has no literals} */
    public boolean needsEveryLine() {
        return everyLine;
    }

    /** {@return what does the scanning, for people} */
    public String engine() {
        return database == null ? "no scan" : database.engine();
    }

    @Nullable
    ScanDatabase database() {
        return database;
    }

    long[] always() {
        return always;
    }

    int[] patternsOfLiteral(int literal) {
        return patternsOfLiteral[literal];
    }

    /** Enough for all that can end within the longest literal's length, so that a scan can be taken up behind full hits. */
    int hitCapacity() {
        return Math.max(4096, (longestLiteral + 1) * patternsOfLiteral.length + 1);
    }

    int longestLiteral() {
        return longestLiteral;
    }
}
