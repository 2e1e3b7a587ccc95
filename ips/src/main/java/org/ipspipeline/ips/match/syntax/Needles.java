package org.ipspipeline.ips.match.syntax;

import java.util.List;

/**
 * Literals of which every line that matches an expression holds at least one.
 *
 * @param literals never empty, none of them empty
 * @param caseless whether ASCII letters match in either case
 */
public record Needles(List<Needle> literals, boolean caseless) {

    /** Checks the literals. */
    public Needles {
        literals = List.copyOf(literals);
        if (literals.isEmpty()) {
            throw new IllegalArgumentException("no literals");
        }
    }
}
