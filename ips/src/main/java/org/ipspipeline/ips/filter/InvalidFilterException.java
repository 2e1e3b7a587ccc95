package org.ipspipeline.ips.filter;

/** A filter that cannot be used as it is. The message is one line that names the filter, the expression and the reason. */
public final class InvalidFilterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line without a full stop
     * @param cause what reported it first
     */
    public InvalidFilterException(String message, Throwable cause) {
        super(message, cause);
    }
}
