package org.ipspipeline.ips.check;

import java.util.List;

/**
 * An expression of a filter.
 *
 * @param number its number among the filter's failregexes, from 1
 * @param regex as the filter gives it
 * @param literals a line without any of these does not reach the expression; empty if every line does
 * @param nanos what a line that reaches the expression costs there, in nanoseconds: measured here and now on a few short lines, so only a
 *     hint at the order
 */
public record CheckedRegex(int number, String regex, List<String> literals, long nanos) {

    /** Copies the list. */
    public CheckedRegex {
        literals = List.copyOf(literals);
    }

    /** {@return whether every line reaches it} */
    public boolean seesEveryLine() {
        return literals.isEmpty();
    }
}
