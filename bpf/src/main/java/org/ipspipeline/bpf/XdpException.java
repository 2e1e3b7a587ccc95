package org.ipspipeline.bpf;

import java.io.IOException;

/** The XDP program cannot be had. The message is one line: what, where, and what to do about it. */
public final class XdpException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        /** The network namespace has no such interface. */
        NO_INTERFACE,
        /** The process lacks capabilities. */
        NOT_PERMITTED,
        /** Another program is attached to the interface. */
        OCCUPIED,
        /** The kernel or the interface's driver cannot. */
        NOT_SUPPORTED
    }

    private final Reason reason;

    XdpException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    XdpException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * What stands in the way.
     *
     * @return for callers that choose another way
     */
    public Reason reason() {
        return reason;
    }
}
