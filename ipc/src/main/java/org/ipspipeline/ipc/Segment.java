package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.SegmentGeometry;
import org.ipspipeline.ipc.layout.Words;

/** A segment's mapped region: its control block and records. Read-only or writable as it was mapped. */
record Segment(ByteBuffer buffer, SegmentGeometry geometry, RecordFormat format) {

    int index() {
        return geometry.index();
    }

    long capacity() {
        return geometry.capacity();
    }

    /** What is published; everything before it can be read after this. */
    long tail() {
        return Words.getLongAcquire(buffer, SegmentControl.TAIL_OFFSET);
    }

    /** Up to where the writer may be writing. To decide about records read before, put an acquire fence between. */
    long intent() {
        return Words.getLongAcquire(buffer, SegmentControl.INTENT_OFFSET);
    }

    /** The start of the oldest record that is whole. */
    long oldest() {
        return intent() - capacity();
    }

    /** The start of the oldest record that a reader who joins may count on, after its join was announced. */
    long oldestForJoin() {
        return Math.max(intent(), Words.getLongAcquire(buffer, SegmentControl.PLEDGE_OFFSET)) - capacity();
    }

    /** Whether the writer's indices are what an honest writer leaves, wherever it dies. */
    boolean hasSoundIndices() {
        final long tail = tail();
        final long ahead = intent() - tail;
        return tail >= 0 && ahead >= 0 && ahead <= capacity() && format.isPosition(tail) && format.isPosition(ahead);
    }

    /** The number of the line at a position, or {@link RecordFormat#UNKNOWN}. */
    long numberAt(long position, long tail) {
        return format.numberAt(buffer, position, tail);
    }

    long counter(int offset) {
        return Words.getLongOpaque(buffer, offset);
    }

    /** Adds to a counter of which this process is the only writer. */
    void count(int offset, long more) {
        Words.putLongOpaque(buffer, offset, Words.getLong(buffer, offset) + more);
    }
}
