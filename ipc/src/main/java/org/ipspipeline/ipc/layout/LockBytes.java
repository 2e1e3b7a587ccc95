package org.ipspipeline.ipc.layout;

/**
 * What each byte of the lock file means to {@code fcntl(2)} record locks. The kernel drops the locks of a process that
 * ends, however it ends, so a lock that can be had means that its holder is gone. The file has no content.
 *
 * <pre>
 *       0   exclusive: membership; held shortly to create, attach, leave, remove
 *       1   shared: by every attached process; who gets it exclusively is alone
 *   256+r   exclusive: by the process that owns reader slot r
 *  4096+s   exclusive: by the process that writes segment s
 * </pre>
 */
public final class LockBytes {

    public static final long MEMBERSHIP = 0;
    public static final long ATTACHED = 1;

    private static final long FIRST_READER = 256;
    private static final long FIRST_SEGMENT = 4096;

    private LockBytes() {}

    /** The byte of a reader slot. */
    public static long reader(int slot) {
        return FIRST_READER + slot;
    }

    /** The byte of a segment's writer. */
    public static long segment(int segment) {
        return FIRST_SEGMENT + segment;
    }
}
