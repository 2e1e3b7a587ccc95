package org.ipspipeline.ips.source.file;

import java.util.concurrent.atomic.AtomicBoolean;
import org.ipspipeline.ips.source.file.FollowedFile.Progress;

/**
 * When a followed path is read again, and when it is looked at again for another file: at once while lines come; then not
 * before something tells of a change, or, where nothing does, ever more seldom.
 */
final class ScheduledPath {

    /** A path is asked in every round for so long after its last line. */
    private static final long HOT_NANOS = 1_000_000;

    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    /** Between two reads of a path that is polled. */
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;
    /** Between two reads of a path that is watched: in case that an event got lost. */
    private static final long WATCHED_PAUSE_NANOS = 5_000_000_000L;

    private final FollowedPath followed;
    private final boolean directoryWatched;
    private final long lookEveryNanos;
    private final AtomicBoolean changed = new AtomicBoolean();
    private volatile boolean lookRequested = true;
    private boolean armed;
    private long dueAt;
    private long lookAt;
    private long lastLinesAt;
    private long pause = FIRST_PAUSE_NANOS;

    /**
     * Schedules a path for the first time, at once.
     *
     * @param followed the path
     * @param directoryWatched whether it is told when another file comes to stand at the path
     * @param lookEveryNanos how often to look for that if not
     * @param now {@link System#nanoTime()}
     */
    ScheduledPath(FollowedPath followed, boolean directoryWatched, long lookEveryNanos, long now) {
        this.followed = followed;
        this.directoryWatched = directoryWatched;
        this.lookEveryNanos = directoryWatched ? Math.max(lookEveryNanos, WATCHED_PAUSE_NANOS) : lookEveryNanos;
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

    /** Has the next turn look what stands at the path. May be called by any thread. */
    void requestLook() {
        lookRequested = true;
    }

    /**
     * Notes that something changed. May be called by any thread.
     *
     * @return whether that was not noted already
     */
    boolean markChanged() {
        return changed.compareAndSet(false, true);
    }

    /** Takes note of a change: the path is due. */
    void onChanged(long now) {
        changed.set(false);
        armed = false;
        dueAt = now;
    }

    /** Whether to look, in this turn, what stands at the path. */
    boolean takeLook(long now) {
        if (!lookRequested && lookAt - now > 0) {
            return false;
        }
        lookRequested = false;
        lookAt = now + (followed.isMissingCopy() ? LONGEST_PAUSE_NANOS : lookEveryNanos);
        return true;
    }

    /**
     * Notes a read and decides when the next one is.
     *
     * @param progress what came of it
     * @param lines whether there were lines
     * @param now {@link System#nanoTime()}
     * @param watch tells of changes while there are none
     */
    void onRead(Progress progress, boolean lines, long now, ChangeWatch watch) {
        if (lines || progress != Progress.AT_END) {
            lastLinesAt = now;
            pause = FIRST_PAUSE_NANOS;
            dueAt = now;
        } else if (now - lastLinesAt < HOT_NANOS) {
            dueAt = now;
        } else if (armed) {
            dueAt = now
                    + (followed.hasOldFiles() || followed.isMissingCopy() ? LONGEST_PAUSE_NANOS : WATCHED_PAUSE_NANOS);
        } else if (directoryWatched && watch.arm(this)) {
            // Once more: what was written just before is not told.
            armed = true;
            dueAt = now;
        } else {
            dueAt = now + pause;
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        }
    }
}
