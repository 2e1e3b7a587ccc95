package org.ipspipeline.ipc;

import java.util.List;

/**
 * Reads a range of segments in a round-robin that goes on from call to call, so that no segment with lines waits longer
 * than one cycle; and, asked call by call, steals from the segments outside of its range when its own are empty. For one
 * thread; any number of range readers may overlap, as every line goes to one of them.
 */
public final class RangeReader extends CacheLinePadded {

    private static final int NONE = -1;

    private final List<SegmentReader> segments;
    private final SegmentRange range;
    private int next;
    private int nextOutside;
    private int lastSegment = NONE;
    private int lastStolen;

    RangeReader(List<SegmentReader> segments, SegmentRange range) {
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
}
