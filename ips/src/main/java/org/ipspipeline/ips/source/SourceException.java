package org.ipspipeline.ips.source;

/** A source that cannot be had as the operator asks for it. Its message is one line: the source, what is wrong, the mend. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With what is wrong.
     *
     * @param message one line without a full stop
     */
    public SourceException(String message) {
        super(message);
    }

    /**
     * With what is wrong and what reported it.
     *
     * @param message one line without a full stop
     * @param cause what reported it first
     */
    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
