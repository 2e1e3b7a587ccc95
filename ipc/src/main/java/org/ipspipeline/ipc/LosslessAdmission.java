package org.ipspipeline.ipc;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.Words;

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
    private static final int MAX_JOINS = 1000;
    /** So many looks at readers that do not move are enough to know that they are slow. */
    private static final int MAX_IDLE_LOOKS = 4;
    /** A reader that moves its cursor to and fro does not keep the writer for longer. */
    private static final int MAX_LOOKS = 256;

    private final Segment segment;
    private final Cursors cursors;
    private final IntSupplier deadReaders;
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

    /**
     * Goes on where the segment's last writer stopped.
     *
     * @param segment claimed and mapped writable
     * @param cursors of the ring
     * @param deadReaders frees the slots of dead readers and tells how many there were
     * @param ring what is constant about the ring
     */
    LosslessAdmission(Segment segment, Cursors cursors, IntSupplier deadReaders, RingDescription ring) {
        this.segment = segment;
        this.cursors = cursors;
        this.deadReaders = deadReaders;
        this.stuckReader = ring.stuckReader();
        this.stuckTimeoutNanos = ring.stuckTimeoutNanos();
        this.floor = segment.intent();
        this.limit = floor;
    }

    @Override
    public long grant(long tail, long end) {
        gather(tail, end);
        announce(tail, end, NOBODY);
        if (end - limit <= 0) {
            stuck = NOBODY;
            return limit;
        }
        final long now = System.nanoTime();
        if (now - lastProbe >= PROBE_INTERVAL_NANOS) {
            lastProbe = now;
            if (deadReaders.getAsInt() > 0) {
                announce(tail, end, NOBODY);
            }
        }
        if (end - limit > 0 && isStuck(now)) {
            unblock(tail, end);
        }
        return limit;
    }

    /**
     * Lets moving readers make room for more than a line or two. A writer that is a whole segment ahead would otherwise
     * announce every line on its own, and each time the full fence waits for all its stores to arrive: readers, who wait
     * for what is announced, and the writer, who waits for them, then move at the pace of cache misses.
     */
    private void gather(long tail, long end) {
        final long quantum = segment.format().quantum();
        long before = limit;
        int idle = 0;
        for (int looks = 0; looks < MAX_LOOKS && idle < MAX_IDLE_LOOKS; looks++) {
            final long granted = limit(tail, end, NOBODY);
            if (slowest == NOBODY || granted - end < 0 || granted - tail >= quantum) {
                return;
            }
            idle = granted == before ? idle + 1 : 0;
            before = granted;
            Thread.onSpinWait();
        }
    }

    /**
     * Finds out how far readers let the writer go. A reader that joins raises the number of joins between setting its
     * cursor and reading the pledge: so either it sees this pledge and starts where that allows, or this sees that it
     * joined and looks at the cursors again. Only then is the pledge the intent that readers verify their copies with.
     */
    private void announce(long tail, long end, int ignored) {
        // So many joins while this runs are not honest; then there is no room until they stop.
        for (int i = 0; i < MAX_JOINS; i++) {
            final long joins = cursors.joins();
            final long granted = Math.max(floor, limit(tail, end, ignored));
            if (granted == limit && i == 0) {
                return;
            }
            Words.putLongRelease(segment.buffer(), SegmentControl.PLEDGE_OFFSET, granted);
            VarHandle.fullFence();
            if (cursors.joins() == joins) {
                intend(tail, granted, slowest == NOBODY && ignored == NOBODY);
                return;
            }
        }
    }

    private void intend(long tail, long granted, boolean nobodyReads) {
        if (nobodyReads) {
            final long from = segment.numberAt(limit - segment.capacity(), tail);
            final long to = segment.numberAt(granted - segment.capacity(), tail);
            segment.count(SegmentControl.UNREAD_OFFSET, Math.max(0, to - from));
        }
        limit = granted;
        Words.putLongRelease(segment.buffer(), SegmentControl.INTENT_OFFSET, granted);
        // A reader that sees any byte written from here on must see this intent after its acquire fence.
        VarHandle.releaseFence();
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
        return slowest == NOBODY ? giveUpOldest(tail, end) : tail - furthestBehind + segment.capacity();
    }

    private long giveUpOldest(long tail, long end) {
        if (end - limit <= 0) {
            return limit;
        }
        final long target = end - segment.capacity() + segment.format().quantum();
        return segment.format().advance(segment.buffer(), limit - segment.capacity(), target, tail)
                + segment.capacity();
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
