package org.ipspipeline.ips.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.kernel.Inotify;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when idle files change, so that nobody has to ask: a thread waits for inotify events and rings. Where there is no
 * inotify, or none left, or a file lies on a file system that others write to over the network, nothing is armed and the file
 * is polled.
 */
final class ChangeWatch implements Closeable, Inotify.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
    /** On these, changes made by other machines raise no events. */
    private static final Pattern REMOTE =
            Pattern.compile("nfs.*|cifs|smb.*|fuse.*|9p|afs|ceph|glusterfs|lustre|virtiofs");

    private final String name;
    private final Doorbell doorbell;
    private final Map<Path, ScheduledPath> followed;
    private final @Nullable Inotify inotify;
    private final @Nullable Thread thread;
    /** By watch. Guards itself: a watch may fire before it is entered. */
    private final Map<Integer, ScheduledPath> armed = new HashMap<>();

    private final Map<Integer, Path> directories = new ConcurrentHashMap<>();
    private final Map<Path, Boolean> watched = new ConcurrentHashMap<>();
    private final Queue<ScheduledPath> changed = new ConcurrentLinkedQueue<>();
    private volatile boolean stirred;
    private volatile boolean exhausted;

    /**
     * Begins to watch, if that is possible here.
     *
     * @param name the source, for messages
     * @param doorbell rung when something changed
     * @param followed the paths that are followed; grows while this works
     */
    ChangeWatch(String name, Doorbell doorbell, Map<Path, ScheduledPath> followed) {
        this.name = name;
        this.doorbell = doorbell;
        this.followed = followed;
        final Inotify opened = openOrPoll();
        this.inotify = opened;
        this.thread = opened == null ? null : new Thread(() -> run(opened), "watch " + name);
        if (thread != null) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Watches a directory for files that come, go and are renamed.
     *
     * @return whether it is watched; if not, it must be looked at from time to time
     */
    boolean watchDirectory(Path directory) {
        return watched.computeIfAbsent(directory, this::addDirectory);
    }

    /**
     * Has the next change of a file be told, once.
     *
     * @return whether it will be; what was written before this returned may not
     */
    boolean arm(ScheduledPath path) {
        final Inotify events = inotify;
        final Path file = path.followed().path();
        final Path directory = file.getParent();
        if (events == null || exhausted || directory == null || !watched.getOrDefault(directory, false)) {
            return false;
        }
        try {
            synchronized (armed) {
                armed.put(events.watchOnce(file), path);
            }
            return true;
        } catch (IOException e) {
            if (Files.exists(file)) {
                exhausted = true;
                LOG.info("{}: polling instead of inotify: {}", name, e.getMessage());
            }
            return false;
        }
    }

    /** Takes a path that has changed, or at which another file may stand now; null if there is none. */
    @Nullable
    ScheduledPath nextChanged() {
        return changed.poll();
    }

    /** Whether files may have come that are not followed yet, or events were lost. */
    boolean isStirred() {
        return stirred;
    }

    /** Forgets {@link #isStirred()}: the caller looks now. */
    void settle() {
        stirred = false;
    }

    @Override
    public void onEvent(int watch, String file) {
        final Path directory = directories.get(watch);
        if (directory == null) {
            // Fired once, and is gone.
            synchronized (armed) {
                tell(armed.remove(watch));
            }
            return;
        }
        final ScheduledPath path = followed.get(directory.resolve(file));
        if (path == null) {
            stirred = true;
        } else {
            path.requestLook();
            tell(path);
        }
    }

    @Override
    public void onOverflow() {
        followed.values().forEach(path -> {
            path.requestLook();
            tell(path);
        });
        stirred = true;
    }

    @Override
    public void close() throws IOException {
        if (inotify == null || thread == null) {
            return;
        }
        inotify.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inotify.close();
    }

    private void tell(@Nullable ScheduledPath path) {
        if (path != null && path.markChanged()) {
            changed.add(path);
        }
    }

    private @Nullable Inotify openOrPoll() {
        try {
            return Inotify.open();
        } catch (IOException e) {
            LOG.info("{}: polling, as there is no inotify: {}", name, e.getMessage());
            return null;
        }
    }

    private boolean addDirectory(Path directory) {
        if (inotify == null) {
            return false;
        }
        try {
            final FileStore store = Files.getFileStore(directory);
            if (REMOTE.matcher(store.type()).matches()) {
                LOG.info("{}: polling {}, as it is on {}", name, directory, store.type());
                return false;
            }
            directories.put(inotify.watchDirectory(directory), directory);
            return true;
        } catch (IOException e) {
            LOG.info("{}: polling {}: {}", name, directory, e.getMessage());
            return false;
        }
    }

    private void run(Inotify events) {
        try {
            while (events.await(this)) {
                doorbell.ring();
            }
        } catch (IOException e) {
            // Whatever is armed is looked at after the longest pause all the same.
            exhausted = true;
            LOG.warn("{}: polling, as inotify failed: {}", name, e.getMessage());
        }
    }
}
