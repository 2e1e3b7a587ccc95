package org.ipspipeline.ips.source.file;

import org.ipspipeline.ips.source.file.FollowedFile.Progress;

/** When a followed path is read again and looked at again: at once while lines come, ever later while none do. */
final class ScheduledPath {

    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    /** A path is asked in every round for so long after its last line. */
    private static final long HOT_NANOS = 1_000_000;

    private final FollowedPath followed;
    private final long longestPauseNanos;
    private long dueAt;
    private long lookAt;
    private long lastLinesAt;
    private long pause = FIRST_PAUSE_NANOS;
    private volatile boolean atEnd;

    /**
     * @param followed the path
     * @param now {@link System#nanoTime()}
     * @param longestPauseNanos between two reads that find nothing
     */
    ScheduledPath(FollowedPath followed, long now, long longestPauseNanos) {
        this.followed = followed;
        this.longestPauseNanos = longestPauseNanos;
        this.dueAt = now;
        this.lookAt = now;
        this.lastLinesAt = now - HOT_NANOS;
    }

    FollowedPath followed() {
        return followed;
    }

    /** When to read it again. */
    long dueAt() {
        return dueAt;
    }

    /** When to look again at what stands at the path. */
    long lookAt() {
        return lookAt;
    }

    /** Whether everything was read when it was last read; asked by other threads too. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** Notes a look. */
    void looked(long now, long lookEveryNanos) {
        lookAt = now + lookEveryNanos;
    }

    /** Notes a read and decides when the next one is. */
    void wasRead(Progress progress, boolean lines, long now) {
        atEnd = progress == Progress.AT_END;
        if (lines || !atEnd) {
            lastLinesAt = now;
            pause = FIRST_PAUSE_NANOS;
            dueAt = now;
        } else if (now - lastLinesAt < HOT_NANOS) {
            dueAt = now;
        } else {
            dueAt = now + pause;
            pause = Math.min(longestPauseNanos, pause * 2);
        }
    }
}
