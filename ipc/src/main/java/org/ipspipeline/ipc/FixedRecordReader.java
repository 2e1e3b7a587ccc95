package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.layout.RecordDescriptor;
import org.ipspipeline.ipc.layout.Words;

/** Reads slots of one stride. Positions tell everything, so it has no state but what the last call took. */
final class FixedRecordReader implements RecordReader {

    private final FixedSlots slots;
    private int taken;
    private long next;

    FixedRecordReader(FixedSlots slots) {
        this.slots = slots;
    }

    @Override
    public int copy(ByteBuffer buffer, LineBuffer into, long from, long tail, int limit) {
        taken = into.appendSlots(buffer, slots, from, (int) Math.min(limit, tail - from));
        next = from + taken;
        return taken;
    }

    @Override
    public int visit(ByteBuffer buffer, LineHandler handler, long from, long tail, int limit) {
        final int count = (int) Math.min(limit, tail - from);
        taken = 0;
        next = from;
        while (taken < count) {
            final int record = slots.offset(next);
            final long header = Words.getLong(buffer, record);
            final int length = RecordDescriptor.length(header);
            if (slots.isImpossible(length)) {
                break;
            }
            taken++;
            next++;
            handler.onLine(buffer, record + RecordDescriptor.FIXED_HEADER_SIZE, length, RecordDescriptor.stamp(header));
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
        return (int) Math.min(taken, oldest - from);
    }

    @Override
    public long deliver(int dropped, int kept) {
        return 0;
    }

    @Override
    public long jump(long from, long to) {
        return to - from;
    }

    @Override
    public long resume(long oldest, long ahead, long tail) {
        return Math.max(oldest, Math.min(oldest + ahead, tail));
    }

    @Override
    public void expect(long number) {
        // The position is the number.
    }

    @Override
    public long skipDamaged(ByteBuffer buffer, long position, long tail) {
        final int length = length(buffer, position);
        return slots.isImpossible(length) ? position + 1 : position;
    }

    @Override
    public int length(ByteBuffer buffer, long position) {
        return RecordDescriptor.length(Words.getLong(buffer, slots.offset(position)));
    }
}
