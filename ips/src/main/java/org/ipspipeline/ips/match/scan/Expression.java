package org.ipspipeline.ips.match.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a scanner looks for: a literal, or an expression of Hyperscan's. */
public final class Expression {

    private final byte[] text;
    private final boolean caseless;

    /**
     * Makes an expression.
     *
     * @param text its bytes; copied
     * @param caseless whether ASCII letters match in either case
     */
    public Expression(byte[] text, boolean caseless) {
        this.text = text.clone();
        this.caseless = caseless;
    }

    /** {@return a copy of its bytes} */
    public byte[] text() {
        return text.clone();
    }

    String latin1() {
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** {@return whether ASCII letters match in either case} */
    public boolean isCaseless() {
        return caseless;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expression expression
                && caseless == expression.caseless
                && Arrays.equals(text, expression.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(text) * 2 + (caseless ? 1 : 0);
    }
}
