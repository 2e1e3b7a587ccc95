package org.ipspipeline.ips.filter.regex;

/**
 * An expression looked at more characters than it was allowed to: it would take too long on this text. Without a stack
 * trace, because an attacker may cause it with every line.
 */
public final class StepBudgetExceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepBudgetExceeded() {
        super("an expression exceeds its budget of steps", null, false, false);
    }
}
