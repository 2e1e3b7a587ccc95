package org.ipspipeline.ipc;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ipc.RingStatus.CursorStatus;
import org.ipspipeline.ipc.RingStatus.ReaderStatus;
import org.ipspipeline.ipc.RingStatus.SegmentStatus;
import org.ipspipeline.ipc.RingStatus.SlotState;
import org.ipspipeline.ipc.layout.LockBytes;
import org.ipspipeline.ipc.layout.ReaderCursor;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.Words;
import org.ipspipeline.ipc.membership.LockFile;

/** Reads a ring's state without taking part in it. */
final class RingInspector {

    private final RingDescription ring;
    private final List<Segment> segments;
    private final Cursors cursors;
    private final LockFile locks;

    RingInspector(RingDescription ring, List<Segment> segments, Cursors cursors, LockFile locks) {
        this.ring = ring;
        this.segments = segments;
        this.cursors = cursors;
        this.locks = locks;
    }

    RingStatus look(java.nio.file.Path path) throws IOException {
        final List<SegmentStatus> segmentStatus = new ArrayList<>();
        for (Segment segment : segments) {
            segmentStatus.add(look(segment));
        }
        final List<ReaderStatus> readerStatus = new ArrayList<>();
        for (int reader = 0; reader < cursors.readers(); reader++) {
            readerStatus.add(look(reader));
        }
        return new RingStatus(
                path,
                ring.geometry().variable(),
                ring.overwrite(),
                ring.geometry().lineSize(),
                ring.geometry().dataSize(),
                ring.geometry().pageSize(),
                ring.creatorPid(),
                Instant.ofEpochMilli(ring.createdMillis()),
                List.copyOf(segmentStatus),
                List.copyOf(readerStatus));
    }

    private SegmentStatus look(Segment segment) throws IOException {
        final long tail = segment.tail();
        return new SegmentStatus(
                segment.index(),
                segment.capacity(),
                clamp(tail - Math.max(0, segment.oldest()), segment.capacity()),
                Math.max(0, segment.numberAt(tail, tail)),
                segment.counter(SegmentControl.WRITER_PID_OFFSET),
                locks.isHeld(LockBytes.segment(segment.index())),
                segment.counter(SegmentControl.EPOCH_OFFSET),
                segment.counter(SegmentControl.TOO_LONG_OFFSET),
                segment.counter(SegmentControl.DROPPED_OFFSET),
                segment.counter(SegmentControl.UNREAD_OFFSET),
                segment.counter(SegmentControl.EVICTED_OFFSET),
                segment.counter(SegmentControl.OVERRUN_OFFSET));
    }

    private ReaderStatus look(int reader) throws IOException {
        final SlotState state = state(reader);
        final List<CursorStatus> places = new ArrayList<>();
        if (state != SlotState.FREE) {
            for (Segment segment : segments) {
                final int cursor = cursors.cursorOffset(segment.index(), reader);
                places.add(new CursorStatus(
                        segment.index(),
                        Math.max(0, segment.tail() - cursors.position(segment.index(), reader)),
                        counter(cursor + ReaderCursor.READ_OFFSET),
                        counter(cursor + ReaderCursor.LOST_OFFSET),
                        counter(cursor + ReaderCursor.DAMAGED_OFFSET)));
            }
        }
        return new ReaderStatus(reader, state, cursors.pid(reader), List.copyOf(places));
    }

    private SlotState state(int reader) throws IOException {
        final int code = ReaderSlot.code(cursors.state(reader));
        if (code == ReaderSlot.FREE) {
            return SlotState.FREE;
        }
        if (!locks.isHeld(LockBytes.reader(reader))) {
            return SlotState.DEAD;
        }
        return code == ReaderSlot.ACTIVE ? SlotState.ACTIVE : SlotState.EVICTED;
    }

    private long counter(int offset) {
        return Words.getLongOpaque(cursors.buffer(), offset);
    }

    private static long clamp(long value, long most) {
        return Math.max(0, Math.min(value, most));
    }
}
