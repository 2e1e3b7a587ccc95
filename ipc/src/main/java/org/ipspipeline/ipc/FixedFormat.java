package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.layout.RecordDescriptor;
import org.ipspipeline.ipc.layout.Words;

/** Slots of one stride; a position counts lines. */
final class FixedFormat implements RecordFormat {

    /** Lines that an overwriting writer announces at a time: few enough to lose no more than a sixteenth of the ring. */
    private static final int MAX_QUANTUM = 64;

    private static final int QUANTUM_SHARE = 16;

    private final FixedSlots slots;

    FixedFormat(int lineSize, long capacity) {
        this.slots = new FixedSlots(lineSize, capacity);
    }

    @Override
    public boolean isPosition(long position) {
        return true;
    }

    @Override
    public long end(long position, int length) {
        return position + 1;
    }

    @Override
    public int place(ByteBuffer buffer, long position, long end, int length, int stamp, long number) {
        final int record = slots.offset(position);
        Words.putLong(buffer, record, RecordDescriptor.header(length, stamp));
        return record + RecordDescriptor.FIXED_HEADER_SIZE;
    }

    @Override
    public int placeLines(ByteBuffer buffer, long position, LineBuffer lines, int from, int count) {
        return lines.copyToSlots(from, count, buffer, slots, position);
    }

    @Override
    public long shrink(ByteBuffer buffer, int payload, long end, int placed, int length, int stamp) {
        Words.putLong(buffer, payload - RecordDescriptor.FIXED_HEADER_SIZE, RecordDescriptor.header(length, stamp));
        return end;
    }

    @Override
    public long advance(ByteBuffer buffer, long from, long target, long tail) {
        return Math.min(Math.max(from, target), tail);
    }

    @Override
    public long numberAt(ByteBuffer buffer, long position, long tail) {
        return position;
    }

    @Override
    public void journal(ByteBuffer buffer, long tail, long number) {
        // The position is the number.
    }

    @Override
    public long quantum() {
        return Math.max(1, Math.min(MAX_QUANTUM, slots.capacity() / QUANTUM_SHARE));
    }

    @Override
    public RecordReader reader() {
        return new FixedRecordReader(slots);
    }
}
