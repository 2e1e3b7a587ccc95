package org.ipspipeline.ips.source.ring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ips.source.LineSource;

/**
 * Puts the lines of a source into a segment. When it is full it waits for readers once, so that a burst passes; from then on it
 * drops lines, and counts them, until there is room again: a reader that hangs must not stop a server through its log. For one
 * thread.
 */
public final class RingFiller {

    private static final int LINES = 512;
    private static final int BYTES = 256 * 1024;
    private static final long PAUSE_NANOS = 50_000;

    private final SegmentWriter writer;
    private final long patienceNanos;
    private final LineBuffer lines = new LineBuffer(LINES, BYTES);
    private boolean dropping;
    private long taken;
    private long dropped;

    /**
     * Fills a segment.
     *
     * @param writer of the segment, which gives back when it is full
     * @param patience how long to wait for readers
     */
    public RingFiller(SegmentWriter writer, Duration patience) {
        this.writer = writer;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Takes the lines that a source has, and writes them.
     *
     * @param source to take from
     * @return whether it had any
     */
    public boolean fillFrom(LineSource source) throws IOException {
        lines.clear();
        if (!source.fill(lines)) {
            return false;
        }
        int done = 0;
        long giveUpAt = 0;
        while (done < lines.count()) {
            final int written = writer.write(lines, done, lines.count() - done);
            done += written;
            if (written > 0) {
                dropping = false;
                giveUpAt = 0;
            } else if (dropping) {
                break;
            } else if (giveUpAt == 0) {
                giveUpAt = System.nanoTime() + patienceNanos;
            } else if (System.nanoTime() - giveUpAt >= 0) {
                dropping = true;
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        taken += done;
        dropped += lines.count() - done;
        return true;
    }

    /** Lines given to the segment. */
    public long written() {
        return taken;
    }

    /** Lines dropped because it was full. */
    public long dropped() {
        return dropped;
    }
}
