package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.layout.RecordDescriptor;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.Words;

/** Records of their own length, one after the other; a position counts bytes, and every line has a number. */
final class VariableFormat implements RecordFormat {

    /** Bytes that an overwriting writer announces at a time, in addition to what it needs. */
    private static final int MAX_QUANTUM = 8192;

    private static final int QUANTUM_SHARE = 16;

    private static final int ENTRY_A = SegmentControl.JOURNAL_OFFSET;
    private static final int ENTRY_B = SegmentControl.JOURNAL_OFFSET + SegmentControl.JOURNAL_ENTRY_SIZE;

    private final int lineSize;
    private final long capacity;
    private final long mask;

    VariableFormat(int lineSize, long capacity) {
        this.lineSize = lineSize;
        this.capacity = capacity;
        this.mask = capacity - 1;
    }

    @Override
    public boolean isPosition(long position) {
        return position % RecordDescriptor.ALIGNMENT == 0;
    }

    @Override
    public long end(long position, int length) {
        final int size = RecordDescriptor.variableSize(length);
        final long toEnd = capacity - (position & mask);
        return size <= toEnd ? position + size : position + toEnd + size;
    }

    @Override
    public int place(ByteBuffer buffer, long position, long end, int length, int stamp, long number) {
        final long start = end - RecordDescriptor.variableSize(length);
        if (start != position) {
            Words.putLong(buffer, offset(position), RecordDescriptor.header(RecordDescriptor.PADDING, 0));
        }
        final int record = offset(start);
        Words.putLong(buffer, record, RecordDescriptor.header(length, stamp));
        Words.putLong(buffer, record + RecordDescriptor.NUMBER_OFFSET, number);
        return record + RecordDescriptor.VARIABLE_HEADER_SIZE;
    }

    @Override
    public int placeLines(ByteBuffer buffer, long position, LineBuffer lines, int from, int count) {
        return 0;
    }

    @Override
    public long shrink(ByteBuffer buffer, int payload, long end, int placed, int length, int stamp) {
        Words.putLong(buffer, payload - RecordDescriptor.VARIABLE_HEADER_SIZE, RecordDescriptor.header(length, stamp));
        return end - RecordDescriptor.variableSize(placed) + RecordDescriptor.variableSize(length);
    }

    @Override
    public long advance(ByteBuffer buffer, long from, long target, long tail) {
        long position = from;
        while (position < target && position < tail) {
            final int length = RecordDescriptor.length(Words.getLong(buffer, offset(position)));
            final long end = next(position, length, tail);
            if (end == position) {
                return tail;
            }
            position = end;
        }
        return position;
    }

    /**
     * Where the record or padding at a position ends.
     *
     * @param position its start
     * @param length what its header tells
     * @param tail what it must not exceed
     * @return the end, or the position itself if the length is impossible
     */
    long next(long position, int length, long tail) {
        final long toEnd = capacity - (position & mask);
        final long size;
        if (length == RecordDescriptor.PADDING) {
            size = toEnd;
        } else if (Integer.compareUnsigned(length, lineSize) <= 0) {
            size = RecordDescriptor.variableSize(length);
        } else {
            return position;
        }
        return size <= toEnd && size <= tail - position ? position + size : position;
    }

    @Override
    public long numberAt(ByteBuffer buffer, long position, long tail) {
        final int length = RecordDescriptor.length(Words.getLong(buffer, offset(position)));
        final long start = length == RecordDescriptor.PADDING ? next(position, length, tail) : position;
        return start < tail
                ? Words.getLong(buffer, offset(start) + RecordDescriptor.NUMBER_OFFSET)
                : nextNumber(buffer, tail);
    }

    private static long nextNumber(ByteBuffer buffer, long tail) {
        for (int entry = ENTRY_A; entry <= ENTRY_B; entry += SegmentControl.JOURNAL_ENTRY_SIZE) {
            final long number = Words.getLongOpaque(buffer, entry + Long.BYTES);
            if (Words.getLongAcquire(buffer, entry) == tail && number >= 0) {
                return number;
            }
        }
        return UNKNOWN;
    }

    @Override
    public void journal(ByteBuffer buffer, long tail, long number) {
        // The entry of the tail that is still published stays, so one of the two is valid at every instant.
        final long published = Words.getLong(buffer, SegmentControl.TAIL_OFFSET);
        final int entry = Words.getLong(buffer, ENTRY_A) == published ? ENTRY_B : ENTRY_A;
        Words.putLongOpaque(buffer, entry + Long.BYTES, number);
        Words.putLongRelease(buffer, entry, tail);
    }

    @Override
    public long quantum() {
        return Math.min(MAX_QUANTUM, capacity / QUANTUM_SHARE);
    }

    @Override
    public RecordReader reader() {
        return new VariableRecordReader(this);
    }

    /** Where the byte of a position lies in the segment. */
    int offset(long position) {
        return SegmentControl.SIZE + (int) (position & mask);
    }
}
