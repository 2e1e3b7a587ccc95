package org.ipspipeline.loadgen.net;

import java.io.IOException;

/** A system call that failed, with its {@code errno}. */
public final class SystemCallException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Operation not permitted. */
    public static final int EPERM = 1;

    /** Interrupted by a signal. */
    public static final int EINTR = 4;

    /** Nothing there yet, or no room now. */
    public static final int EAGAIN = 11;

    /** Permission denied. */
    public static final int EACCES = 13;

    /** No such device. */
    public static final int ENODEV = 19;

    /** Too many descriptors in this process. */
    public static final int EMFILE = 24;

    /** The address family is not supported. */
    public static final int EAFNOSUPPORT = 97;

    /** The address is in use. */
    public static final int EADDRINUSE = 98;

    /** No room in the device's queue. */
    public static final int ENOBUFS = 105;

    /** Nobody listens at the peer's port. */
    public static final int ECONNREFUSED = 111;

    private final int error;

    SystemCallException(String call, int error, String text) {
        super(call + ": " + text);
        this.error = error;
    }

    /** {@return the {@code errno}} */
    public int error() {
        return error;
    }

    /**
     * {@return the text of an {@code errno}}
     *
     * @param error the number
     */
    public static String describe(int error) {
        return SystemCalls.library().strerror(error);
    }

    /** {@return whether privileges are what is missing} */
    public boolean isPermission() {
        return error == EPERM || error == EACCES;
    }
}
