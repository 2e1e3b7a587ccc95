package org.ipspipeline.ipc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.jspecify.annotations.Nullable;

/**
 * A reader that has joined a ring: it sees every line of every segment from where it joined. Its slot holds the writers
 * of a lossless ring back; it is free again when this is closed or the process ends. Thread-safe.
 */
public final class RingReader implements AutoCloseable {

    private static final int ATTEMPTS_AT_OLDEST = 100;
    /** Only indices that no honest writer makes are not settled by then; reading finds them. */
    private static final int MAX_ATTEMPTS = 1000;

    private final Path path;
    private final Cursors cursors;
    private final @Nullable Sleepers sleepers;
    private final int slot;
    private final long activeState;
    private final Runnable release;
    private final List<SegmentReader> segments;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A reader that does not count yet: see {@link #start}.
     *
     * @param path the ring's, for messages
     * @param ring what is constant about it
     * @param segments mapped
     * @param cursors mapped writable
     * @param sleepers how to sleep, null where that is not possible
     * @param slot the reader's, whose lock this process holds
     * @param activeState the slot's state from the start on
     * @param release gives the slot's lock back
     */
    RingReader(
            Path path,
            RingDescription ring,
            List<Segment> segments,
            Cursors cursors,
            @Nullable Sleepers sleepers,
            int slot,
            long activeState,
            Runnable release) {
        this.path = path;
        this.cursors = cursors;
        this.sleepers = sleepers;
        this.slot = slot;
        this.activeState = activeState;
        this.release = release;
        final List<SegmentReader> readers = new ArrayList<>(segments.size());
        for (Segment segment : segments) {
            readers.add(new SegmentReader(this, segment, cursors, ring));
        }
        this.segments = List.copyOf(readers);
    }

    /** The reader's slot, which is its id in the ring while it is attached. */
    public int readerId() {
        return slot;
    }

    /** The number of segments. */
    public int segments() {
        return segments.size();
    }

    /**
     * The reader of one segment.
     *
     * @param index 0 .. {@link #segments()}-1
     * @return always the same object
     */
    public SegmentReader segment(int index) {
        if (index < 0 || index >= segments.size()) {
            throw new RingException(RingException.Code.INVALID_ARGUMENT, "segment " + index + " of " + segments.size());
        }
        return segments.get(index);
    }

    /**
     * A reader of a range of segments, for one thread.
     *
     * @param lower the first segment
     * @param upper the one after the last
     * @return a new one, with a round-robin of its own
     */
    public RangeReader range(int lower, int upper) {
        if (lower < 0 || upper <= lower || upper > segments.size()) {
            throw new RingException(
                    RingException.Code.INVALID_ARGUMENT,
                    "segments " + lower + " to " + upper + " (exclusive) of " + segments.size());
        }
        return new RangeReader(this, segments, new SegmentRange(lower, upper));
    }

    /**
     * Readers for a number of threads among which all segments are divided.
     *
     * @param threads how many
     * @return one for each, see {@link SegmentRange#divide}
     */
    public List<RangeReader> divide(int threads) {
        final List<RangeReader> readers = new ArrayList<>(threads);
        for (SegmentRange range : SegmentRange.divide(segments.size(), threads)) {
            readers.add(new RangeReader(this, segments, range));
        }
        return readers;
    }

    /**
     * Starts to count for writers: cursors are set before the slot is active, and settled after writers could see that.
     *
     * @param start where to start
     * @param freeState the slot's state while it is free, held by this process's lock
     */
    void start(StartPosition start, long freeState) {
        for (SegmentReader segment : segments) {
            segment.place(start);
        }
        cursors.changeState(slot, freeState, activeState);
        settle(segments, start);
    }

    /** Announces cursors that were set, and sets those anew that their writers overtook meanwhile, until none is. */
    void settle(List<SegmentReader> placed, StartPosition start) {
        List<SegmentReader> unsettled = placed;
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            cursors.announceJoin();
            unsettled =
                    unsettled.stream().filter(segment -> !segment.isSettled()).toList();
            if (unsettled.isEmpty()) {
                break;
            }
            for (SegmentReader segment : unsettled) {
                // A writer that overtakes the oldest line again and again does not overtake a whole segment.
                segment.place(i < ATTEMPTS_AT_OLDEST ? start : StartPosition.NEWEST);
            }
        }
    }

    @Nullable
    Sleepers sleepers() {
        return sleepers;
    }

    void checkOpen() {
        if (closed.get()) {
            throw new RingException(RingException.Code.CLOSED, "reader " + slot + " of " + path() + " is closed");
        }
    }

    /** Looks whether the slot is still this reader's. */
    void checkActive() {
        if (cursors.state(slot) != activeState) {
            checkOpen();
            throw new RingException(
                    RingException.Code.EVICTED,
                    "reader " + slot + " of " + path() + " held a full segment back for too long and was evicted");
        }
    }

    Path path() {
        return path;
    }

    /** Leaves the ring: its slot is free for another reader, and no writer waits for it. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (SegmentReader segment : segments) {
            segment.close();
        }
        final long state = cursors.state(slot);
        if (ReaderSlot.generation(state) == ReaderSlot.generation(activeState)) {
            cursors.changeState(slot, state, ReaderSlot.state(ReaderSlot.generation(activeState), ReaderSlot.FREE));
        }
        release.run();
    }
}
