package org.ipspipeline.ipc.membership;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The lock files that this process has open: one channel each, counted, closed by the last user. Thread-safe. */
public final class LockFiles {

    private static final Map<Object, Entry> OPEN = new HashMap<>();

    private static final class Entry {
        private final LockFile file;
        private int users;

        private Entry(LockFile file) {
            this.file = file;
        }
    }

    private LockFiles() {}

    /**
     * Opens a lock file, or the one this process has open already. Read-only where it may not be written.
     *
     * @param path the file
     * @return to be given back to {@link #release}
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be opened
     */
    public static LockFile open(Path path) throws IOException {
        synchronized (OPEN) {
            final Object key = key(path);
            Entry entry = OPEN.get(key);
            if (entry == null) {
                entry = new Entry(openChannel(path, key));
                OPEN.put(key, entry);
            }
            entry.users++;
            return entry.file;
        }
    }

    /**
     * Opens a lock file and creates it where it does not exist.
     *
     * @param path the file
     * @param mode its permissions if it is created, whatever the umask
     * @return to be given back to {@link #release}
     * @throws IOException if it can be neither opened nor created
     */
    public static LockFile openOrCreate(Path path, Set<PosixFilePermission> mode) throws IOException {
        final FileAttribute<Set<PosixFilePermission>> attribute = PosixFilePermissions.asFileAttribute(mode);
        while (true) {
            try {
                Files.createFile(path, attribute);
                Files.setPosixFilePermissions(path, mode);
            } catch (FileAlreadyExistsException exists) {
                // Then it is opened below.
            }
            try {
                return open(path);
            } catch (NoSuchFileException removedMeanwhile) {
                // The last one to leave removed it between the two calls: make it again.
            }
        }
    }

    /**
     * Whether the path still names the file that was opened: who removes a ring may do it between another's opening
     * and locking.
     *
     * @param file an open lock file
     * @param path where it was opened
     * @return false if it was removed or replaced
     */
    public static boolean isCurrent(LockFile file, Path path) {
        try {
            return file.key().equals(key(path));
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Gives a lock file back; the last user's call closes it and drops every lock of this process on it.
     *
     * @param file what was opened
     */
    public static void release(LockFile file) {
        synchronized (OPEN) {
            final Entry entry = OPEN.get(file.key());
            if (entry == null || entry.file != file || --entry.users > 0) {
                return;
            }
            OPEN.remove(file.key());
            try {
                file.channel().close();
            } catch (IOException ignored) {
                // Closing releases the descriptor and with it the locks, whatever it reports.
            }
        }
    }

    private static Object key(Path path) throws IOException {
        final BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(path + " is no regular file");
        }
        final Object key = attributes.fileKey();
        if (key == null) {
            throw new IOException(path + " is on a file system without inodes");
        }
        return key;
    }

    private static LockFile openChannel(Path path, Object key) throws IOException {
        try {
            return new LockFile(path, key, open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), true);
        } catch (AccessDeniedException readOnly) {
            return new LockFile(path, key, open(path, StandardOpenOption.READ), false);
        }
    }

    private static FileChannel open(Path path, StandardOpenOption... options) throws IOException {
        final OpenOption[] all = new OpenOption[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = LinkOption.NOFOLLOW_LINKS;
        return FileChannel.open(path, all);
    }
}
