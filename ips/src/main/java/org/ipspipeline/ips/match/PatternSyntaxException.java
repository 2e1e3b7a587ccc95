package org.ipspipeline.ips.match;

/** A pattern that cannot be used. Its message is one line: the pattern, what is wrong with it, and where. */
public final class PatternSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PatternSyntaxException(String message) {
        super(message);
    }

    PatternSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
