package org.ipspipeline.ips.command;

/**
 * Wrong usage or configuration: reported as one line that names the thing, the place and the mend, and ended with exit
 * code 2.
 */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line without a full stop: what is wrong, where, and what to do about it
     */
    public UsageException(String message) {
        super(message);
    }

    /**
     * @param message one line without a full stop: what is wrong, where, and what to do about it
     * @param cause what reported it first
     */
    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
