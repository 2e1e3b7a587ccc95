package org.ipspipeline.ips.match;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.match.syntax.Needles;
import org.ipspipeline.ips.match.syntax.SampleLine;
import org.jspecify.annotations.Nullable;

/** Patterns, compiled to be looked for together. Immutable; shared by all threads, each of which has a matcher of its own. */
public final class PatternSet {

    private final List<CompiledPattern> patterns;
    private final Prefilter prefilter;
    private final MatchLimits limits;

    private PatternSet(List<CompiledPattern> patterns, MatchLimits limits, boolean portable) {
        List<@Nullable Needles> needles = new ArrayList<>();
        patterns.forEach(pattern -> needles.add(pattern.needles()));
        this.patterns = patterns;
        this.prefilter = portable ? Prefilter.portable(needles) : Prefilter.of(needles);
        this.limits = limits;
    }

    /**
     * Compiles patterns, with the standard limits.
     *
     * @param texts Python's expressions in which {@code <HOST>}, {@code <ADDR>}, {@code <IP4>} or {@code <IP6>} stands for the
     *     client's address; at least one; the first that matches a line counts
     * @return the set; the number of a pattern is its index
     * @throws PatternSyntaxException when one of them cannot be used
     */
    public static PatternSet compile(List<String> texts) {
        return compile(texts, MatchLimits.STANDARD);
    }

    /**
     * Compiles patterns.
     *
     * @param texts as for {@link #compile(List)}
     * @param limits what a line may cost
     * @return the set; the number of a pattern is its index
     * @throws PatternSyntaxException when one of them cannot be used
     */
    public static PatternSet compile(List<String> texts, MatchLimits limits) {
        return new PatternSet(patterns(texts), limits, false);
    }

    /**
     * Compiles patterns to be scanned for in Java alone, as it is done where there is no Hyperscan.
     *
     * @param texts as for {@link #compile(List)}
     * @param limits what a line may cost
     * @return the set; the number of a pattern is its index
     * @throws PatternSyntaxException when one of them cannot be used
     */
    public static PatternSet compilePortable(List<String> texts, MatchLimits limits) {
        return new PatternSet(patterns(texts), limits, true);
    }

    private static List<CompiledPattern> patterns(List<String> texts) {
        if (texts.isEmpty()) {
            throw new PatternSyntaxException("there is no pattern");
        }
        return texts.stream().map(CompiledPattern::of).toList();
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
        return prefilter.engine();
    }

    /** {@return for each pattern a line that it probably matches, to try the set with} */
    public List<SampleLine> samples() {
        return patterns.stream().map(CompiledPattern::sample).toList();
    }

    CompiledPattern pattern(int number) {
        return patterns.get(number);
    }

    Prefilter prefilter() {
        return prefilter;
    }

    MatchLimits limits() {
        return limits;
    }
}
