package org.ipspipeline.benchmarks.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where processes of one measurement meet: a directory in shared memory, in which a file says that something is done. */
record Rendezvous(Path directory) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    Path path(String name) {
        return directory.resolve(name);
    }

    void announce(String what) {
        announce(what, "");
    }

    void announce(String what, String content) {
        try {
            // Whoever sees the file sees all of it.
            final Path unfinished = path(what + ".new");
            Files.writeString(unfinished, content);
            Files.move(unfinished, path(what));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean isAnnounced(String what) {
        return Files.exists(path(what));
    }

    String await(String what) {
        final long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isAnnounced(what)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s for '" + what + "' in vain");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        try {
            return Files.readString(path(what));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
