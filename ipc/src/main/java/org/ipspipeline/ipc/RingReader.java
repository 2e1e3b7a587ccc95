package org.ipspipeline.ipc;

import java.io.IOException;
import java.nio.channels.FileLock;
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

    private final Ring ring;
    private final Cursors cursors;
    private final int slot;
    private final long activeState;
    private final FileLock lock;
    private final List<SegmentReader> segments;
    private final AtomicBoolean closed = new AtomicBoolean();

    RingReader(Ring ring, Cursors cursors, int slot, long activeState, FileLock lock, List<Segment> segments) {
        this.ring = ring;
        this.cursors = cursors;
        this.slot = slot;
        this.activeState = activeState;
        this.lock = lock;
        final List<SegmentReader> readers = new ArrayList<>(segments.size());
        for (Segment segment : segments) {
            readers.add(new SegmentReader(this, segment, cursors, ring.description()));
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
     * Starts to count for writers. Cursors are set before the slot is active, and confirmed after writers could see that.
     *
     * @param start where to start
     * @param freeState the slot's state while it is free, held by this process's lock
     */
    void start(StartPosition start, long freeState) {
        for (SegmentReader segment : segments) {
            segment.place(start);
        }
        cursors.changeState(slot, freeState, activeState);
        cursors.announceJoin();
        for (SegmentReader segment : segments) {
            segment.confirm(start);
        }
    }

    @Nullable
    Sleepers sleepers() {
        return ring.sleepers();
    }

    void announceJoin() {
        cursors.announceJoin();
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
        return ring.path();
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
        try {
            lock.release();
        } catch (IOException closedChannel) {
            // The lock went with the channel.
        }
        ring.remove(this);
    }
}
