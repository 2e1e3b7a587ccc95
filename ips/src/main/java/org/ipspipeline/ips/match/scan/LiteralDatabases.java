package org.ipspipeline.ips.match.scan;

import java.util.List;

/** Prepares literals for looking: with Hyperscan where it is there, in Java otherwise. */
public final class LiteralDatabases {

    private LiteralDatabases() {}

    /**
     * Prepares literals.
     *
     * @param literals the number of each is its index; at least one
     * @return a database for them
     */
    public static ScanDatabase of(List<Expression> literals) {
        if (Hyperscan.problem() != null) {
            return portable(literals);
        }
        try {
            return HyperscanDatabase.compile(literals, HyperscanDatabase.Kind.LITERALS);
        } catch (ExpressionException e) {
            throw new IllegalArgumentException("literal " + e.index() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Prepares literals for looking in Java alone.
     *
     * @param literals the number of each is its index
     * @return a database for them
     */
    public static ScanDatabase portable(List<Expression> literals) {
        return new PortableDatabase(literals);
    }
}
