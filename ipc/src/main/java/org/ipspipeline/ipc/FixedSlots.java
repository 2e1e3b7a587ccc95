package org.ipspipeline.ipc;

import org.ipspipeline.ipc.layout.RecordDescriptor;
import org.ipspipeline.ipc.layout.SegmentControl;

/**
 * Where the fixed slots of a segment lie.
 *
 * @param lineSize the longest payload
 * @param stride bytes from one slot to the next
 * @param capacity how many there are, a power of two
 */
record FixedSlots(int lineSize, int stride, long capacity) {

    FixedSlots(int lineSize, long capacity) {
        this(lineSize, RecordDescriptor.stride(lineSize), capacity);
    }

    /** Where the slot of a position starts in the segment. */
    int offset(long position) {
        return SegmentControl.SIZE + (int) (position & (capacity - 1)) * stride;
    }

    /** Whether no honest writer has stored this length. */
    boolean isImpossible(int length) {
        return Integer.compareUnsigned(length, lineSize) > 0;
    }
}
