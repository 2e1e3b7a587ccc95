package org.ipspipeline.ips.match;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.StepBudgetExceeded;
import org.ipspipeline.ips.filter.regex.Text;
import org.ipspipeline.ips.match.program.TokenMatcher;
import org.ipspipeline.ips.match.program.TokenProgram;
import org.ipspipeline.ips.match.program.Verdict;
import org.ipspipeline.ips.match.syntax.AddressTag;
import org.jspecify.annotations.Nullable;

/** Decides whether a pattern matches a line, and reads the address. For one thread. */
final class LineVerifier {

    private static final int LONGEST_ADDRESS = 64;

    private final PatternSet patterns;
    private final int steps;
    private final TokenMatcher tokens;
    private final AddressParser parser = new AddressParser();
    private final @Nullable Searcher[] searchers;
    private final Text text = new Text();
    private final byte[] line;
    private final ByteBuffer address = ByteBuffer.allocate(LONGEST_ADDRESS);

    private ByteBuffer bytes = address;
    private int from;
    private int to;
    private boolean cut;
    private boolean textIsSet;

    private boolean hasAddress;
    private long high;
    private long low;
    private long overBudget;
    private long byExpression;

    LineVerifier(PatternSet patterns) {
        this.patterns = patterns;
        this.steps = patterns.limits().steps();
        this.tokens = new TokenMatcher(steps);
        this.line = new byte[patterns.limits().lineLength()];
        this.searchers = new Searcher[patterns.size()];
    }

    /**
     * Takes a line; {@link #matches} speaks of it until the next.
     *
     * @param endIsCut whether the line goes on after {@code end}
     */
    void setLine(ByteBuffer buffer, int start, int end, boolean endIsCut) {
        bytes = buffer;
        from = start;
        to = end;
        cut = endIsCut;
        textIsSet = false;
    }

    /** Whether the pattern matches; {@link #hasAddress} tells whether an address stands where it asks for one. */
    boolean matches(int number) {
        TokenProgram program = patterns.pattern(number).program();
        Verdict verdict = program == null ? Verdict.UNSURE : tokens.match(program, bytes, from, to, cut);
        if (verdict == Verdict.UNSURE) {
            return matchesExpression(number);
        }
        if (verdict == Verdict.OVER_BUDGET) {
            overBudget++;
        }
        if (verdict != Verdict.MATCH) {
            return false;
        }
        hasAddress = tokens.hasAddress();
        high = tokens.high();
        low = tokens.low();
        return true;
    }

    private boolean matchesExpression(int number) {
        byExpression++;
        if (!textIsSet) {
            bytes.get(from, line, 0, to - from);
            text.set(line, 0, to - from, StandardCharsets.UTF_8);
            textIsSet = true;
        }
        text.allow(steps);
        Searcher searcher = searcher(number);
        try {
            if (!searcher.find(text) || (cut && searcher.endsAtLimit())) {
                return false;
            }
        } catch (StepBudgetExceeded givenUp) {
            overBudget++;
            return false;
        }
        hasAddress = read(searcher, AddressTag.IPV4_GROUP) || read(searcher, AddressTag.IPV6_GROUP);
        return true;
    }

    private boolean read(Searcher searcher, String group) {
        int number = searcher.regex().group(group);
        int start = number < 0 ? -1 : searcher.start(number);
        int length = start < 0 ? 0 : searcher.end(number) - start;
        if (length == 0 || length > LONGEST_ADDRESS || (cut && start + length == text.length())) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            // Digits that are not ASCII match \d too: they are no address.
            char c = text.charAt(start + i);
            address.put(i, c < 128 ? (byte) c : 0);
        }
        if (!parser.parseWhole(address, 0, length)) {
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

    boolean hasAddress() {
        return hasAddress;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** How many times a pattern was given up on a line because it needed too many steps. */
    long overBudget() {
        return overBudget;
    }

    /** How many times only the backtracking expression could decide. */
    long byExpression() {
        return byExpression;
    }
}
