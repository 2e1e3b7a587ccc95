package org.ipspipeline.ips.source.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.ipspipeline.ips.source.SourceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the cursor of the last entry that was handled over restarts: written to a file once a second, where it has changed. */
final class CursorFile {

    private static final Logger LOG = LoggerFactory.getLogger(CursorFile.class);
    private static final long WRITE_EVERY_MILLIS = 1000;

    private final Path path;
    private final String name;
    private volatile String cursor = "";
    private String written = "";
    private boolean failing;

    /**
     * Of a source.
     *
     * @param directory for such files; made if it is not there
     * @param name the source as the operator wrote it
     * @throws SourceException with one line, if nothing can be kept there
     */
    CursorFile(Path directory, String name) {
        final CRC32C hash = new CRC32C();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        this.name = name;
        this.path = directory.resolve(String.format(Locale.ROOT, "journal-%08x", hash.getValue()));
        try {
            Files.createDirectories(directory);
            cursor = Files.readString(path).strip();
            written = cursor;
        } catch (NoSuchFileException e) {
            LOG.debug("{}: followed for the first time", name);
        } catch (IOException e) {
            throw new SourceException(name + ": its place cannot be kept in " + path + ": " + e.getMessage(), e);
        }
    }

    /** The cursor that was kept; empty if there was none. */
    String cursor() {
        return cursor;
    }

    /** Has a cursor be written soon. May be called by any thread, often. */
    void keep(String newCursor) {
        cursor = newCursor;
    }

    /** Writes again and again, until the thread is interrupted. */
    void writeRegularly() {
        try {
            while (true) {
                Thread.sleep(WRITE_EVERY_MILLIS);
                write();
            }
        } catch (InterruptedException e) {
            write();
        }
    }

    /** Writes what has changed. */
    synchronized void write() {
        final String present = cursor;
        if (present.equals(written)) {
            return;
        }
        final Path next = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.writeString(next, present + "\n");
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
            written = present;
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("{}: its place cannot be kept in {}: {}", name, path, e.getMessage());
            }
            failing = true;
        }
    }
}
