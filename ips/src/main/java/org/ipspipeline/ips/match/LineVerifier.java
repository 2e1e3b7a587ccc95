package org.ipspipeline.ips.match;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.StepBudgetExceeded;
import org.ipspipeline.ips.filter.regex.Text;
import org.ipspipeline.ips.match.program.TokenMatcher;
import org.jspecify.annotations.Nullable;

/** Decides whether a pattern matches a line, and reads the address. For one thread. */
final class LineVerifier {

    /** Enough for every honest line; what needs more is counted and given up, so that no line can hold a worker up. */
    private static final int STEPS = TokenMatcher.DEFAULT_BUDGET;

    private static final int FIRST_LINE_BYTES = 1024;

    private final PatternSet patterns;
    private final TokenMatcher tokens = new TokenMatcher(STEPS);
    private final AddressParser parser = new AddressParser();
    private final @Nullable Searcher[] searchers;
    private final Text text = new Text();
    private byte[] line = new byte[FIRST_LINE_BYTES];
    private long high;
    private long low;
    private long overBudget;
    private long byExpression;

    LineVerifier(PatternSet patterns) {
        this.patterns = patterns;
        this.searchers = new Searcher[patterns.size()];
    }

    /** Whether the pattern matches, and an address stands where it asks for one. */
    boolean matches(int number, ByteBuffer bytes, int from, int to) {
        CompiledPattern pattern = patterns.pattern(number);
        if (pattern.program() != null) {
            switch (tokens.match(pattern.program(), bytes, from, to)) {
                case MATCH -> {
                    high = tokens.high();
                    low = tokens.low();
                    return tokens.hasAddress();
                }
                case NO_MATCH -> {
                    return false;
                }
                case OVER_BUDGET -> {
                    overBudget++;
                    return false;
                }
                case UNSURE -> {}
            }
        }
        return matchesExpression(number, bytes, from, to);
    }

    private boolean matchesExpression(int number, ByteBuffer bytes, int from, int to) {
        byExpression++;
        int length = to - from;
        if (line.length < length) {
            line = new byte[Math.max(length, 2 * line.length)];
        }
        bytes.get(from, line, 0, length);
        text.set(line, 0, length, StandardCharsets.UTF_8);
        text.allow(STEPS);
        Searcher searcher = searcher(number);
        try {
            if (!searcher.find(text)) {
                return false;
            }
        } catch (StepBudgetExceeded givenUp) {
            overBudget++;
            return false;
        }
        String host = searcher.group(CompiledPattern.HOST_GROUP);
        if (host == null || !parser.parseWhole(host)) {
            return false;
        }
        high = parser.high();
        low = parser.low();
        return true;
    }

    private Searcher searcher(int number) {
        Searcher searcher = searchers[number];
        if (searcher == null) {
            searcher = patterns.pattern(number).regex().searcher();
            searchers[number] = searcher;
        }
        return searcher;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** Lines given up because they needed too many steps. */
    long overBudget() {
        return overBudget;
    }

    /** Lines that only the backtracking expression could decide. */
    long byExpression() {
        return byExpression;
    }
}
