package org.ipspipeline.ips.source.ring;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingException;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.RingStatus;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sources of one ring share: the ring and a reader of it. Renewed when the reader was evicted or the ring made anew;
 * each renewal has a number, by which a source knows that its segment's reader is an old one.
 */
final class RingAttachment {

    private static final Logger LOG = LoggerFactory.getLogger(RingAttachment.class);
    private static final long STATUS_AGE_NANOS = 100_000_000;

    private final Path path;
    private final int segments;
    private Ring ring;
    private RingReader reader;
    private FileIdentity identity;
    private int users;
    private @Nullable RingStatus status;
    private long statusAt;
    private volatile int generation;

    private RingAttachment(Path path, Ring ring, RingReader reader, FileIdentity identity) {
        this.path = path;
        this.ring = ring;
        this.reader = reader;
        this.identity = identity;
        this.segments = ring.segments();
        this.users = ring.segments();
    }

    /**
     * Attaches and joins.
     *
     * @throws RingException if there is no ring, or none of ours, or no free reader slot
     */
    static RingAttachment to(Path path, StartPosition start) throws IOException {
        final Ring ring = Ring.attach(path);
        try {
            return new RingAttachment(path, ring, ring.join(start), FileIdentity.of(path));
        } catch (RingException | IOException e) {
            ring.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    int segments() {
        return segments;
    }

    /** The number of renewals so far. */
    int generation() {
        return generation;
    }

    synchronized RingReader reader() {
        return reader;
    }

    /** Joins again after an eviction, once for all sources, at the oldest line that is still there. */
    synchronized void rejoin(int seenGeneration) {
        if (seenGeneration == generation) {
            reader.close();
            reader = ring.join(StartPosition.OLDEST);
            generation++;
            LOG.warn("ring:{}: this reader was stuck and lost its place; joined again at the oldest line", path);
        }
    }

    /**
     * Attaches to the ring that stands at the path now, if that is another than before.
     *
     * @return whether it is
     */
    synchronized boolean followRecreation() throws IOException {
        try {
            final FileIdentity now = FileIdentity.of(path);
            if (now.equals(identity)) {
                return false;
            }
            final Ring fresh = Ring.attach(path);
            if (fresh.segments() != segments) {
                final int found = fresh.segments();
                fresh.close();
                throw new IOException("ring:" + path + ": was made anew with " + found + " segments instead of "
                        + segments + "; restart to read it");
            }
            final RingReader joined = fresh.join(StartPosition.OLDEST);
            reader.close();
            ring.close();
            ring = fresh;
            reader = joined;
            identity = now;
            generation++;
            LOG.info("ring:{}: was made anew, attached again", path);
            return true;
        } catch (NoSuchFileException e) {
            LOG.debug("ring:{}: is gone, waiting for it to be made anew", path);
            return false;
        }
    }

    /** This reader's place in a segment, at most {@value #STATUS_AGE_NANOS} ns old; null once all sources have left. */
    synchronized RingStatus.@Nullable CursorStatus cursor(int segment) {
        if (users == 0) {
            return null;
        }
        final long now = System.nanoTime();
        RingStatus current = status;
        if (current == null || now - statusAt > STATUS_AGE_NANOS) {
            current = ring.status();
            status = current;
            statusAt = now;
        }
        for (RingStatus.ReaderStatus slot : current.readers()) {
            if (slot.id() == reader.readerId()) {
                return slot.cursors().stream()
                        .filter(cursor -> cursor.segment() == segment)
                        .findFirst()
                        .orElse(null);
            }
        }
        return null;
    }

    /** The variable-length records' lag is in bytes, that of fixed slots in lines. */
    synchronized boolean isVariableLength() {
        return ring.isVariableLength();
    }

    /** Leaves the ring when the last source is closed. */
    synchronized void release() {
        users--;
        if (users == 0) {
            reader.close();
            ring.close();
        }
    }
}
