package org.ipspipeline.ips.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.filter.EvaluationOptions;
import org.ipspipeline.ips.filter.Failure;
import org.ipspipeline.ips.filter.Filter;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.filter.RegexChoice;

/** Measures roughly what a line costs that reaches an expression: its date, the prefregex and the expression itself. */
final class RegexCost {

    private static final int ROUNDS = 200;
    private static final String BEFORE = "2026-01-02 03:04:05 host daemon[1234]: ";
    private static final String AFTER = " for user somebody from 192.0.2.1 port 4711";

    private RegexCost() {}

    /**
     * Measures an expression.
     *
     * @param filter whose it is
     * @param regex its index
     * @param literals those of which a line must hold one; a line is made with each
     * @return nanoseconds a line, the least of several rounds
     */
    static long nanos(Filter filter, int regex, List<String> literals) {
        FilterEvaluator evaluator = new FilterEvaluator(filter, EvaluationOptions.STANDARD);
        RegexChoice choice = from -> from <= regex ? regex : RegexChoice.NONE;
        List<byte[]> lines = new ArrayList<>();
        for (String literal : literals.isEmpty() ? List.of("something") : literals) {
            lines.add((BEFORE + literal + AFTER).getBytes(StandardCharsets.ISO_8859_1));
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (byte[] line : lines) {
                evaluator.find(line, 0, line.length, choice, Failure.NO_TIME);
            }
            least = Math.min(least, (System.nanoTime() - begin) / lines.size());
        }
        return least;
    }
}
