package org.ipspipeline.ipc.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a ring, from which every offset follows. Computed by who creates a ring, and again by everyone who
 * attaches, so that no offset is ever taken from shared memory.
 *
 * @param variable whether records have their own length, or fixed slots
 * @param lineSize the longest line in bytes
 * @param readers the number of reader slots
 * @param pageSize what regions and sizes are a multiple of
 * @param segments the segments in their order
 * @param dataSize bytes of the data
 * @param cursorsSize bytes of the cursors
 */
public record Geometry(
        boolean variable,
        int lineSize,
        int readers,
        int pageSize,
        List<SegmentGeometry> segments,
        long dataSize,
        long cursorsSize) {

    public static final int MAX_SEGMENTS = 1024;
    /** One bit of a word each: see the sleepers in {@link CursorsHeader}. */
    public static final int MAX_READERS = 64;

    public static final int MAX_LINE_SIZE = 1 << 20;

    /** A segment is one mapping, and a mapping of Java's has at most 2 GiB. */
    public static final long MAX_REGION_SIZE = Integer.MAX_VALUE;

    /** How many of the longest records a segment of variable records holds at least, padding included. */
    public static final int MIN_RECORDS = 4;

    /** The slots that lines are at least given. */
    public static final int MIN_SLOTS = 2;

    /**
     * Places the segments.
     *
     * @param variable whether records have their own length
     * @param lineSize 1 .. {@link #MAX_LINE_SIZE}
     * @param readers 1 .. {@link #MAX_READERS}
     * @param pageSize a power of two from 4096 on
     * @param capacities of each segment, a power of two; 1 .. {@link #MAX_SEGMENTS} of them
     * @return the shape
     * @throws IllegalArgumentException if a number is out of its range; the message is for users
     */
    public static Geometry of(boolean variable, int lineSize, int readers, int pageSize, long... capacities) {
        require(lineSize, 1, MAX_LINE_SIZE, "line size");
        require(readers, 1, MAX_READERS, "readers");
        require(capacities.length, 1, MAX_SEGMENTS, "segments");
        if (pageSize < 4096 || Integer.bitCount(pageSize) != 1) {
            throw new IllegalArgumentException("page size " + pageSize + " is no power of two from 4096 on");
        }
        final List<SegmentGeometry> segments = new ArrayList<>(capacities.length);
        long offset = align(RingHeader.size(capacities.length), pageSize);
        for (int i = 0; i < capacities.length; i++) {
            final int size = regionSize(variable, lineSize, pageSize, capacities[i], i);
            segments.add(new SegmentGeometry(i, offset, size, capacities[i]));
            offset += size;
        }
        final long cursors = align(CursorsHeader.size(capacities.length, readers), pageSize);
        return new Geometry(variable, lineSize, readers, pageSize, List.copyOf(segments), offset, cursors);
    }

    private static int regionSize(boolean variable, int lineSize, int pageSize, long capacity, int segment) {
        final long least = variable ? (long) MIN_RECORDS * RecordDescriptor.variableSize(lineSize) : MIN_SLOTS;
        if (Long.bitCount(capacity) != 1 || capacity < least || capacity > MAX_REGION_SIZE) {
            throw new IllegalArgumentException("capacity " + capacity + " of segment " + segment
                    + " is no power of two between " + least + " and " + MAX_REGION_SIZE);
        }
        final long unit = variable ? 1 : RecordDescriptor.stride(lineSize);
        final long size = align(SegmentControl.SIZE + capacity * unit, pageSize);
        if (size > MAX_REGION_SIZE) {
            throw new IllegalArgumentException("segment " + segment + " would have " + size + " bytes; at most "
                    + MAX_REGION_SIZE + " are possible");
        }
        return (int) size;
    }

    private static void require(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be between " + least + " and " + most + ", not " + value);
        }
    }

    private static long align(long value, int alignment) {
        return value + (alignment - 1) & -(long) alignment;
    }

    /** Bytes from one fixed slot to the next, 0 in a ring of variable records. */
    public int stride() {
        return variable ? 0 : RecordDescriptor.stride(lineSize);
    }
}
