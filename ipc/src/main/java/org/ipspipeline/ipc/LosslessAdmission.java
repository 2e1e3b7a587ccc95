package org.ipspipeline.ipc;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileLock;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.layout.LockBytes;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.Words;
import org.ipspipeline.ipc.membership.LockFile;

/**
 * Admission to a ring that loses nothing: up to a whole segment ahead of the slowest reader. Readers that died are
 * reaped when they hold a full segment back, those that live but do not move are treated as the ring's policy says.
 *
 * <p>With no reader attached the oldest lines are given up, so that a ring that nobody reads never blocks its writers.
 */
final class LosslessAdmission implements Admission {

    /** How often a full segment's readers are probed at most: a probe is a system call or two for each. */
    static final long PROBE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int NOBODY = -1;

    private final Segment segment;
    private final Cursors cursors;
    private final LockFile locks;
    private final StuckReader stuckReader;
    private final long stuckTimeoutNanos;
    /** What a writer before this one may have written beyond its tail. */
    private final long floor;

    private long limit;
    private long lastProbe = System.nanoTime() - PROBE_INTERVAL_NANOS;
    private int slowest = NOBODY;
    private int stuck = NOBODY;
    private long stuckPosition;
    private long stuckSince;

    LosslessAdmission(Segment segment, Cursors cursors, LockFile locks, RingDescription ring) {
        this.segment = segment;
        this.cursors = cursors;
        this.locks = locks;
        this.stuckReader = ring.stuckReader();
        this.stuckTimeoutNanos = ring.stuckTimeoutNanos();
        this.floor = segment.intent();
        this.limit = floor;
    }

    @Override
    public long grant(long tail, long end) {
        announce(tail, end, NOBODY);
        if (end - limit <= 0) {
            stuck = NOBODY;
            return limit;
        }
        final long now = System.nanoTime();
        if (now - lastProbe >= PROBE_INTERVAL_NANOS) {
            lastProbe = now;
            if (reapDead()) {
                announce(tail, end, NOBODY);
            }
        }
        if (end - limit > 0 && isStuck(now)) {
            unblock(tail, end);
        }
        return limit;
    }

    /**
     * Publishes how far readers let the writer go. A reader that joins raises the number of joins between setting its
     * cursor and reading the intent: so either it sees this intent and starts where that allows, or this sees that it
     * joined and looks at the cursors again. Nothing between two limits was written yet, so lowering one is harmless.
     */
    private void announce(long tail, long end, int ignored) {
        // More joins than slots while this runs are not honest: readers verify what they read, so stop looking.
        for (int i = 0; i <= cursors.readers(); i++) {
            final long joins = cursors.joins();
            final long granted = Math.max(floor, limit(tail, end, ignored));
            if (granted == limit) {
                return;
            }
            limit = granted;
            Words.putLongRelease(segment.buffer(), SegmentControl.INTENT_OFFSET, granted);
            VarHandle.fullFence();
            if (cursors.joins() == joins) {
                return;
            }
        }
    }

    private long limit(long tail, long end, int ignored) {
        slowest = NOBODY;
        long furthestBehind = -1;
        for (int reader = 0; reader < cursors.readers(); reader++) {
            if (reader != ignored && cursors.isActive(reader)) {
                final long behind = tail - cursors.position(segment.index(), reader);
                // A cursor outside of the ring belongs to a reader that was overrun, or is broken: it holds nobody up.
                if (behind > furthestBehind && behind <= segment.capacity()) {
                    furthestBehind = behind;
                    slowest = reader;
                }
            }
        }
        return slowest == NOBODY
                ? giveUpOldest(tail, end, ignored == NOBODY)
                : tail - furthestBehind + segment.capacity();
    }

    private long giveUpOldest(long tail, long end, boolean nobodyReads) {
        final long from = limit - segment.capacity();
        if (end - limit <= 0) {
            return limit;
        }
        final long target = end - segment.capacity() + segment.format().quantum();
        final long oldest = segment.format().advance(segment.buffer(), from, target, tail);
        if (nobodyReads) {
            final long lines = segment.numberAt(oldest, tail) - segment.numberAt(from, tail);
            segment.count(SegmentControl.UNREAD_OFFSET, Math.max(0, lines));
        }
        return oldest + segment.capacity();
    }

    private boolean reapDead() {
        boolean reaped = false;
        for (int reader = 0; reader < cursors.readers(); reader++) {
            final long state = cursors.state(reader);
            if (ReaderSlot.code(state) != ReaderSlot.FREE) {
                reaped |= reapIfDead(locks, cursors, reader, state);
            }
        }
        return reaped;
    }

    /** Frees the slot of a reader whose process is gone. */
    static boolean reapIfDead(LockFile locks, Cursors cursors, int reader, long state) {
        try {
            final FileLock lock = locks.tryHold(LockBytes.reader(reader));
            if (lock == null) {
                return false;
            }
            try {
                // A reader that took the slot since has raised the generation, so it stays.
                return cursors.changeState(
                        reader, state, ReaderSlot.state(ReaderSlot.generation(state), ReaderSlot.FREE));
            } finally {
                lock.release();
            }
        } catch (IOException unknown) {
            // Without locks nobody is known to be dead: the reader keeps its slot.
            return false;
        }
    }

    private boolean isStuck(long now) {
        if (stuckReader == StuckReader.BLOCK || slowest == NOBODY) {
            return false;
        }
        final long position = cursors.position(segment.index(), slowest);
        if (slowest != stuck || position != stuckPosition) {
            stuck = slowest;
            stuckPosition = position;
            stuckSince = now;
            return false;
        }
        return now - stuckSince >= stuckTimeoutNanos;
    }

    private void unblock(long tail, long end) {
        final int reader = stuck;
        if (stuckReader == StuckReader.EVICT) {
            final long state = cursors.state(reader);
            final long evicted = ReaderSlot.state(ReaderSlot.generation(state), ReaderSlot.EVICTED);
            if (ReaderSlot.code(state) == ReaderSlot.ACTIVE && cursors.changeState(reader, state, evicted)) {
                segment.count(SegmentControl.EVICTED_OFFSET, 1);
            }
            announce(tail, end, NOBODY);
        } else {
            segment.count(SegmentControl.OVERRUN_OFFSET, 1);
            announce(tail, end, reader);
        }
        stuck = NOBODY;
    }
}
