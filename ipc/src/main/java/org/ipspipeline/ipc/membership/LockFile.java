package org.ipspipeline.ipc.membership;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.ipspipeline.ipc.layout.LockBytes;
import org.jspecify.annotations.Nullable;

/**
 * A ring's lock file. A process has one channel on it, whatever number of times it attaches: the kernel drops all of a
 * process's locks on a file when <em>any</em> of its descriptors for that file is closed.
 *
 * <p>Thread-safe. Instances come from {@link LockFiles} and are shared within the JVM.
 */
public final class LockFile {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Path path;
    private final Object key;
    private final FileChannel channel;
    private final boolean writable;
    private final ReentrantLock inProcess = new ReentrantLock();
    private int attachments;
    private @Nullable FileLock attached;

    LockFile(Path path, Object key, FileChannel channel, boolean writable) {
        this.path = path;
        this.key = key;
        this.channel = channel;
        this.writable = writable;
    }

    /** The file's identity: device and inode. */
    Object key() {
        return key;
    }

    FileChannel channel() {
        return channel;
    }

    /** Whether this process may take exclusive locks; one that may only read can look but not take part. */
    public boolean isWritable() {
        return writable;
    }

    /**
     * Takes the lock under which rings are created, attached to, left and removed.
     *
     * @param timeoutNanos how long to wait for others
     * @return the lock, or null when it could not be had in time
     * @throws IOException if the file cannot be locked at all
     */
    public @Nullable Membership lockMembership(long timeoutNanos) throws IOException {
        final long deadline = System.nanoTime() + timeoutNanos;
        inProcess.lock();
        boolean held = false;
        try {
            while (true) {
                final FileLock lock = tryLock(LockBytes.MEMBERSHIP, !writable);
                if (lock != null) {
                    held = true;
                    return new Membership(this, lock);
                }
                if (System.nanoTime() - deadline >= 0) {
                    return null;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        } finally {
            if (!held) {
                inProcess.unlock();
            }
        }
    }

    void unlockMembership(FileLock lock) {
        try {
            lock.release();
        } catch (IOException closed) {
            // The channel was closed, and with it went the lock.
        } finally {
            inProcess.unlock();
        }
    }

    /**
     * Takes a byte's lock for this process and keeps it.
     *
     * @param position one of {@link LockBytes}
     * @return the lock, or null when another process or another user in this one has it
     * @throws IOException if the file cannot be locked at all
     */
    public @Nullable FileLock tryHold(long position) throws IOException {
        return tryLock(position, false);
    }

    /**
     * Whether a byte's lock is held by anyone, this process included. Takes a free lock for an instant.
     *
     * @param position one of {@link LockBytes}
     * @return true if somebody has it
     * @throws IOException if the file cannot be locked at all
     */
    public boolean isHeld(long position) throws IOException {
        final FileLock lock = tryLock(position, !writable);
        if (lock == null) {
            return true;
        }
        lock.release();
        return false;
    }

    private @Nullable FileLock tryLock(long position, boolean shared) throws IOException {
        try {
            return channel.tryLock(position, 1, shared);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Counts this process, or once more this process, among the attached. Needs the membership lock. */
    void attach() throws IOException {
        if (attachments == 0) {
            attached = channel.tryLock(LockBytes.ATTACHED, 1, true);
            if (attached == null) {
                throw new IOException(path + ": byte " + LockBytes.ATTACHED + " is locked exclusively");
            }
        }
        attachments++;
    }

    /** Takes this process off the attached. Needs the membership lock. */
    void detach() throws IOException {
        attachments--;
        if (attachments == 0 && attached != null) {
            attached.release();
            attached = null;
        }
    }

    /** Whether no process is attached, this one included. Needs the membership lock. */
    boolean isAlone() throws IOException {
        return attachments == 0 && writable && !isHeld(LockBytes.ATTACHED);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
