package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.layout.RecordDescriptor;
import org.ipspipeline.ipc.layout.Words;

/**
 * Reads records of their own length. Every record carries its number: a copy stops where the numbers break, which is
 * where a writer overwrote records meanwhile, and gaps between copies tell how many lines were lost.
 */
final class VariableRecordReader implements RecordReader {

    private final VariableFormat format;
    private int taken;
    private long next;
    private long firstNumber;
    private long expectedNumber = RecordFormat.UNKNOWN;

    /** The record that {@link #find} found. */
    private long start;

    private long header;

    VariableRecordReader(VariableFormat format) {
        this.format = format;
    }

    /** Finds the record at a position, or after the padding there: its start, header and, returned, its end. */
    private long find(ByteBuffer buffer, long position, long tail) {
        start = position;
        header = Words.getLong(buffer, format.offset(position));
        long end = format.next(position, RecordDescriptor.length(header), tail);
        if (RecordDescriptor.length(header) == RecordDescriptor.PADDING && end != position && end != tail) {
            start = end;
            header = Words.getLong(buffer, format.offset(start));
            end = format.next(start, RecordDescriptor.length(header), tail);
        }
        // Two paddings in a row, or one with nothing after it, are nothing that a writer makes.
        return RecordDescriptor.length(header) == RecordDescriptor.PADDING ? start : end;
    }

    private boolean isConsecutive(ByteBuffer buffer) {
        final long number = Words.getLong(buffer, format.offset(start) + RecordDescriptor.NUMBER_OFFSET);
        if (taken == 0) {
            firstNumber = number;
        }
        return number == firstNumber + taken;
    }

    @Override
    public int copy(ByteBuffer buffer, LineBuffer into, long from, long tail, int limit) {
        taken = 0;
        next = from;
        while (taken < limit && next < tail) {
            final long end = find(buffer, next, tail);
            if (end == start
                    || !isConsecutive(buffer)
                    || !into.appendWords(
                            buffer,
                            format.offset(start) + RecordDescriptor.VARIABLE_HEADER_SIZE,
                            RecordDescriptor.length(header),
                            RecordDescriptor.stamp(header))) {
                break;
            }
            next = end;
            taken++;
        }
        return taken;
    }

    @Override
    public int visit(ByteBuffer buffer, LineHandler handler, long from, long tail, int limit) {
        taken = 0;
        next = from;
        while (taken < limit && next < tail) {
            final long end = find(buffer, next, tail);
            if (end == start || !isConsecutive(buffer)) {
                break;
            }
            next = end;
            taken++;
            handler.onLine(
                    buffer,
                    format.offset(start) + RecordDescriptor.VARIABLE_HEADER_SIZE,
                    RecordDescriptor.length(header),
                    RecordDescriptor.stamp(header));
        }
        return taken;
    }

    @Override
    public int taken() {
        return taken;
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public int stale(LineBuffer into, int base, long from, long oldest) {
        long position = from;
        for (int i = 0; i < taken; i++) {
            final int length = into.length(base + i);
            final long end = format.end(position, length);
            final long record = end - RecordDescriptor.variableSize(length);
            // Met exactly, the record here was whole when it was copied, and so were all after it.
            if (position == oldest || record == oldest) {
                return i;
            }
            position = end;
        }
        return taken;
    }

    @Override
    public long deliver(int dropped, int kept) {
        if (kept == 0) {
            return 0;
        }
        final long first = firstNumber + dropped;
        final long missing = expectedNumber == RecordFormat.UNKNOWN ? 0 : Math.max(0, first - expectedNumber);
        expectedNumber = first + kept;
        return missing;
    }

    @Override
    public long jump(long from, long to) {
        return 0;
    }

    @Override
    public long resume(long oldest, long ahead, long tail) {
        // Where records start between the oldest and the tail can only be found by reading them.
        return oldest;
    }

    @Override
    public void expect(long number) {
        expectedNumber = number;
    }

    @Override
    public long skipDamaged(ByteBuffer buffer, long position, long tail) {
        return find(buffer, position, tail) == start ? tail : position;
    }

    @Override
    public int length(ByteBuffer buffer, long position) {
        find(buffer, position, Long.MAX_VALUE);
        return RecordDescriptor.length(header);
    }
}
