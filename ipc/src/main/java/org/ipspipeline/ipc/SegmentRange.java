package org.ipspipeline.ipc;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of segments.
 *
 * @param lower the first
 * @param upper the one after the last
 */
public record SegmentRange(int lower, int upper) {

    /** Checks that the range is not empty. */
    public SegmentRange {
        if (lower < 0 || upper <= lower) {
            throw new IllegalArgumentException("segments " + lower + " to " + upper + " (exclusive)");
        }
    }

    /** The number of segments. */
    public int size() {
        return upper - lower;
    }

    /** Whether a segment is in it. */
    public boolean contains(int segment) {
        return segment >= lower && segment < upper;
    }

    /**
     * Divides segments among threads: every segment is in a range, every thread has one, and sizes differ by one at most.
     * Where there are more threads than segments, several share one.
     *
     * @param segments the number of segments
     * @param threads the number of ranges
     * @return one range a thread
     */
    public static List<SegmentRange> divide(int segments, int threads) {
        if (segments < 1 || threads < 1) {
            throw new IllegalArgumentException(segments + " segments for " + threads + " threads");
        }
        final List<SegmentRange> ranges = new ArrayList<>(threads);
        for (int i = 0; i < threads; i++) {
            if (threads <= segments) {
                ranges.add(new SegmentRange(
                        (int) ((long) segments * i / threads), (int) ((long) segments * (i + 1) / threads)));
            } else {
                ranges.add(new SegmentRange(i % segments, i % segments + 1));
            }
        }
        return List.copyOf(ranges);
    }
}
