package org.ipspipeline.ipc.layout;

/**
 * Where a segment lies and how its positions become offsets.
 *
 * @param index the segment's index
 * @param offset where its region starts in the data
 * @param size the region's size in bytes: control block, records, filling up to a page
 * @param capacity a power of two: slots of a ring of fixed slots, bytes of one of variable records
 */
public record SegmentGeometry(int index, long offset, int size, long capacity) {

    /** What a position is ANDed with to become a slot, or a byte. */
    public long mask() {
        return capacity - 1;
    }
}
