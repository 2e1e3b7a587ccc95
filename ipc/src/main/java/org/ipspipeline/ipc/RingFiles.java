package org.ipspipeline.ipc;

import java.io.IOException;
import java.nio.file.Path;
import org.ipspipeline.ipc.membership.LockFile;
import org.ipspipeline.ipc.membership.LockFiles;
import org.ipspipeline.ipc.membership.Membership;

/**
 * The files of a ring: the data at its path, the cursors and the locks beside it.
 *
 * @param data the ring's path
 * @param cursors readers' cursors
 * @param locks the lock file
 */
record RingFiles(Path data, Path cursors, Path locks) {

    private static final String CURSORS_SUFFIX = ".cursors";
    private static final String LOCKS_SUFFIX = ".locks";
    private static final long MEMBERSHIP_TIMEOUT_NANOS = 5_000_000_000L;

    static RingFiles of(Path path) {
        final Path name = path.getFileName();
        if (name == null) {
            throw new RingException(RingException.Code.INVALID_ARGUMENT, path + " names no file");
        }
        final Path data = path.toAbsolutePath();
        return new RingFiles(
                data, data.resolveSibling(name + CURSORS_SUFFIX), data.resolveSibling(name + LOCKS_SUFFIX));
    }

    /** A lock file that is open and whose membership lock is held. */
    record Locked(LockFile file, Membership membership) {}

    /** How a lock file is opened. */
    @FunctionalInterface
    interface Opener {
        LockFile open() throws IOException;
    }

    /** Opens the lock file and locks membership; again, if the ring was removed between the two. */
    Locked lock(Opener opener) throws IOException {
        while (true) {
            final LockFile file = opener.open();
            Membership membership = null;
            try {
                membership = lockMembership(file);
                if (LockFiles.isCurrent(file, locks)) {
                    return new Locked(file, membership);
                }
            } catch (IOException | RuntimeException failed) {
                LockFiles.release(file);
                throw failed;
            }
            membership.close();
            LockFiles.release(file);
        }
    }

    Membership lockMembership(LockFile file) throws IOException {
        final Membership membership = file.lockMembership(MEMBERSHIP_TIMEOUT_NANOS);
        if (membership == null) {
            throw new RingException(
                    RingException.Code.BUSY,
                    "another process has held " + locks + " for more than 5 s: is it stopped?");
        }
        return membership;
    }
}
