package org.ipspipeline.ipc.membership;

import java.io.IOException;
import java.nio.channels.FileLock;

/** The membership lock of a ring, while it is held: nobody else creates, attaches to, leaves or removes the ring. */
public final class Membership implements AutoCloseable {

    private final LockFile file;
    private final FileLock lock;

    Membership(LockFile file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Counts this process among the attached.
     *
     * @throws IOException if the lock cannot be had
     */
    public void attach() throws IOException {
        file.attach();
    }

    /**
     * Takes this process off the attached, once for each {@link #attach()}.
     *
     * @throws IOException if the lock cannot be released
     */
    public void detach() throws IOException {
        file.detach();
    }

    /**
     * Whether nobody is attached.
     *
     * @return false also where this process may not find out
     * @throws IOException if the file cannot be locked
     */
    public boolean isAlone() throws IOException {
        return file.isAlone();
    }

    @Override
    public void close() {
        file.unlockMembership(lock);
    }
}
