package org.ipspipeline.ips.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.match.scan.Expression;
import org.ipspipeline.ips.match.scan.ScanDatabase;
import org.ipspipeline.ips.match.scan.ScanDatabases;
import org.ipspipeline.ips.match.syntax.Needle;
import org.ipspipeline.ips.match.syntax.Needles;
import org.jspecify.annotations.Nullable;

/** Patterns, compiled to be looked for together. Immutable; shared by all threads, each of which has a matcher of its own. */
public final class PatternSet {

    private final List<CompiledPattern> patterns;
    private final @Nullable ScanDatabase database;
    /** Of each literal, the patterns that want it. */
    private final int[][] patternsOfLiteral;
    /** Patterns without a literal: every line is a candidate. */
    private final int[] always;

    private PatternSet(
            List<CompiledPattern> patterns, @Nullable ScanDatabase database, int[][] patternsOfLiteral, int[] always) {
        this.patterns = patterns;
        this.database = database;
        this.patternsOfLiteral = patternsOfLiteral;
        this.always = always;
    }

    /**
     * Compiles patterns.
     *
     * @param texts Python's expressions in which {@code <HOST>}, {@code <ADDR>}, {@code <IP4>} or {@code <IP6>} stands for the
     *     client's address; at least one; the first that matches a line counts
     * @return the set; the number of a pattern is its index
     * @throws PatternSyntaxException when one of them cannot be used
     */
    public static PatternSet compile(List<String> texts) {
        if (texts.isEmpty()) {
            throw new PatternSyntaxException("there is no pattern");
        }
        List<CompiledPattern> patterns = texts.stream().map(CompiledPattern::of).toList();
        Map<Expression, List<Integer>> literals = new LinkedHashMap<>();
        List<Integer> always = new ArrayList<>();
        for (int number = 0; number < patterns.size(); number++) {
            Needles needles = patterns.get(number).needles();
            if (needles == null) {
                always.add(number);
                continue;
            }
            for (Needle needle : needles.literals()) {
                literals.computeIfAbsent(new Expression(needle.bytes(), needles.caseless()), first -> new ArrayList<>())
                        .add(number);
            }
        }
        ScanDatabase database = literals.isEmpty() ? null : ScanDatabases.ofLiterals(List.copyOf(literals.keySet()));
        int[][] wanted = literals.values().stream().map(PatternSet::toArray).toArray(int[][]::new);
        return new PatternSet(patterns, database, wanted, toArray(always));
    }

    private static int[] toArray(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Makes a matcher.
     *
     * @return for one thread
     */
    public BlockMatcher newMatcher() {
        return new BlockMatcher(this);
    }

    /** {@return how many patterns there are} */
    public int size() {
        return patterns.size();
    }

    /** {@return what looks for candidates, for people, such as {@code Hyperscan 5.4.11 through java.lang.foreign}} */
    public String engine() {
        return database == null ? "no literal to look for: every line is tried" : database.engine();
    }

    CompiledPattern pattern(int number) {
        return patterns.get(number);
    }

    @Nullable
    ScanDatabase database() {
        return database;
    }

    int[] patternsOf(int literal) {
        return patternsOfLiteral[literal];
    }

    int[] always() {
        return always;
    }
}
