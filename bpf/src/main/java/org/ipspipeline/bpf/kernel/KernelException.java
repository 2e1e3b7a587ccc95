package org.ipspipeline.bpf.kernel;

/** A system call failed in a way that its caller did not provide for. */
public final class KernelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * @param what was attempted, such as {@code "bpf: map 'bans4': update"}
     * @param errno why it failed
     */
    public KernelException(String what, int errno) {
        super(what + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    /**
     * Why it failed.
     *
     * @return one of {@link Errno}, or a number that it does not name
     */
    public int errno() {
        return errno;
    }
}
