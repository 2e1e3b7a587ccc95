package org.ipspipeline.ips.match.scan;

/** Hyperscan cannot compile an expression. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int index;

    ExpressionException(int index, String message) {
        super(message);
        this.index = index;
    }

    /** {@return the index of the expression, negative where it is none's fault alone} */
    public int index() {
        return index;
    }
}
