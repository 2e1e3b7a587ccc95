package org.ipspipeline.ipc;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a range of segments in a round-robin that goes on from call to call, so that no segment with lines waits longer
 * than one cycle; and, asked call by call, steals from the segments outside of its range when its own are empty. For one
 * thread; any number of range readers may overlap, as every line goes to one of them.
 */
public final class RangeReader extends CacheLinePadded {

    private static final int NONE = -1;

    /** A missed wake-up costs no more than this. */
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How often lines are looked for where writers do not wake readers. */
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    /**
     * A writer publishes lines and then looks for sleepers, without a fence between. Its lines are in its store buffer for
     * far less than this when it sees no sleeper yet, so who looks for so long after announcing its sleep sees them.
     */
    private static final long SETTLE_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

    private final RingReader reader;
    private final List<SegmentReader> segments;
    private final SegmentRange range;
    private int next;
    private int nextOutside;
    private int lastSegment = NONE;
    private int lastStolen;

    RangeReader(RingReader reader, List<SegmentReader> segments, SegmentRange range) {
        this.reader = reader;
        this.segments = segments;
        this.range = range;
    }

    /** The segments that this reads without being asked to steal. */
    public SegmentRange range() {
        return range;
    }

    /**
     * Copies lines from the next segment of the range that has some ({@code readv_rng} in the thesis). Segments that
     * another thread reads at this moment are passed over.
     *
     * @param into takes them, after those it has
     * @param limit how many at most
     * @return how many, all of one segment; 0 if no segment has any
     * @throws RingException as {@link SegmentReader#read}
     */
    public int read(LineBuffer into, int limit) {
        lastStolen = 0;
        final int size = range.size();
        for (int i = 0; i < size; i++) {
            final int segment = range.lower() + next;
            next = next + 1 == size ? 0 : next + 1;
            final int count = segments.get(segment).tryRead(into, limit);
            if (count > 0) {
                lastSegment = segment;
                return count;
            }
        }
        return 0;
    }

    /**
     * As {@link #read}, and if the whole range is empty, from the next segment outside of it that has lines
     * ({@code wsteal} in the thesis). {@link #lastStolen} tells how many came from there.
     *
     * @param into takes them, after those it has
     * @param limit how many at most
     * @return how many, all of one segment; 0 if no segment of the ring has any
     * @throws RingException as {@link SegmentReader#read}
     */
    public int readOrSteal(LineBuffer into, int limit) {
        final int own = read(into, limit);
        if (own > 0) {
            return own;
        }
        final int outside = segments.size() - range.size();
        for (int i = 0; i < outside; i++) {
            final int segment = nextOutside < range.lower() ? nextOutside : nextOutside + range.size();
            nextOutside = nextOutside + 1 == outside ? 0 : nextOutside + 1;
            final int count = segments.get(segment).tryRead(into, limit);
            if (count > 0) {
                lastSegment = segment;
                lastStolen = count;
                return count;
            }
        }
        return 0;
    }

    /** How many lines of the last read came from outside of the range. */
    public int lastStolen() {
        return lastStolen;
    }

    /** The segment that the last lines came from, -1 before the first. */
    public int lastSegment() {
        return lastSegment;
    }

    /** Whether a segment of the range has lines, as far as a look without reading tells. */
    public boolean hasLines() {
        for (int i = range.lower(); i < range.upper(); i++) {
            if (segments.get(i).hasLines()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Waits until a segment of the range has lines.
     *
     * @param strategy how, see {@link WaitStrategies}
     * @param timeoutNanos for how long at most
     * @return whether there are lines; false after the timeout, or when the thread is interrupted, which stays set
     */
    public boolean await(WaitStrategy strategy, long timeoutNanos) {
        return strategy.await(this, timeoutNanos);
    }

    /**
     * Sleeps until a writer of the range wakes this reader, or for a moment where it would not.
     *
     * @param timeoutNanos for how long at most
     * @return whether there are lines now
     */
    boolean sleep(long timeoutNanos) {
        final Sleepers sleepers = reader.sleepers();
        if (sleepers == null || !allWritersWake()) {
            LockSupport.parkNanos(Math.min(timeoutNanos, POLL_NANOS));
            return hasLines();
        }
        final int slot = reader.readerId();
        final int wakeUps = sleepers.wakeUps(slot);
        for (int i = range.lower(); i < range.upper(); i++) {
            sleepers.announce(slot, i);
        }
        for (long start = System.nanoTime(); System.nanoTime() - start < SETTLE_NANOS; ) {
            if (hasLines()) {
                return true;
            }
        }
        sleepers.sleep(slot, wakeUps, Math.min(timeoutNanos, LONGEST_SLEEP_NANOS));
        return hasLines();
    }

    private boolean allWritersWake() {
        for (int i = range.lower(); i < range.upper(); i++) {
            if (!segments.get(i).isWoken()) {
                return false;
            }
        }
        return true;
    }
}
