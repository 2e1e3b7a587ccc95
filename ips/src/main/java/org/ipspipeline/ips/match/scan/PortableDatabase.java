package org.ipspipeline.ips.match.scan;

import java.nio.ByteBuffer;
import java.util.List;

/** Literals, looked for in Java alone: one automaton for those that ignore case, one for the others. */
final class PortableDatabase implements ScanDatabase {

    private final LiteralAutomaton exact;
    private final LiteralAutomaton caseless;
    private final boolean hasCaseless;

    PortableDatabase(List<Expression> literals) {
        exact = LiteralAutomaton.of(literals, false);
        caseless = LiteralAutomaton.of(literals, true);
        hasCaseless = literals.stream().anyMatch(Expression::isCaseless);
    }

    @Override
    public HitScanner newScanner() {
        return this::scan;
    }

    @Override
    public String engine() {
        return "Java (no Hyperscan on this platform)";
    }

    private boolean scan(ByteBuffer bytes, int from, int to, Hits hits) {
        hits.startAt(0);
        int state = 0;
        int caselessState = 0;
        for (int i = from; i < to; i++) {
            byte value = bytes.get(i);
            state = exact.step(state, value);
            if (exact.isEnd(state) && !exact.report(state, i + 1, hits)) {
                return false;
            }
            if (hasCaseless) {
                caselessState = caseless.step(caselessState, value);
                if (caseless.isEnd(caselessState) && !caseless.report(caselessState, i + 1, hits)) {
                    return false;
                }
            }
        }
        return true;
    }
}
