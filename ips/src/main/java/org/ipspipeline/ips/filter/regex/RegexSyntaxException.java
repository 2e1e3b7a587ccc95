package org.ipspipeline.ips.filter.regex;

/** A regular expression that is none in Python's syntax, or that cannot be translated. The message is one line. */
public final class RegexSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and where in the expression
     */
    public RegexSyntaxException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong and where in the expression
     * @param cause what reported it first
     */
    public RegexSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
