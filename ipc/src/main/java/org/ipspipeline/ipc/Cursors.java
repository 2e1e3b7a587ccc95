package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.layout.CursorsHeader;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.layout.ReaderCursor;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.layout.Words;

/** The mapped cursors: slots of readers, their cursors in each segment, and who sleeps. */
record Cursors(ByteBuffer buffer, int segments, int readers) {

    Cursors(ByteBuffer buffer, Geometry geometry) {
        this(buffer, geometry.segments().size(), geometry.readers());
    }

    long state(int reader) {
        return Words.getLongAcquire(buffer, CursorsHeader.slotOffset(reader) + ReaderSlot.STATE_OFFSET);
    }

    boolean isActive(int reader) {
        return ReaderSlot.code(state(reader)) == ReaderSlot.ACTIVE;
    }

    boolean changeState(int reader, long from, long to) {
        return Words.compareAndSetLong(buffer, CursorsHeader.slotOffset(reader) + ReaderSlot.STATE_OFFSET, from, to);
    }

    void setOwner(int reader, long pid, long startTime) {
        final int slot = CursorsHeader.slotOffset(reader);
        Words.putLongOpaque(buffer, slot + ReaderSlot.PID_OFFSET, pid);
        Words.putLongOpaque(buffer, slot + ReaderSlot.START_OFFSET, startTime);
    }

    long pid(int reader) {
        return Words.getLongOpaque(buffer, CursorsHeader.slotOffset(reader) + ReaderSlot.PID_OFFSET);
    }

    /** Where the block of a reader's cursor in a segment stands: see {@link ReaderCursor}. */
    int cursorOffset(int segment, int reader) {
        return CursorsHeader.cursorOffset(segments, readers, segment, reader);
    }

    long position(int segment, int reader) {
        return Words.getLongAcquire(buffer, cursorOffset(segment, reader) + ReaderCursor.POSITION_OFFSET);
    }

    int sleepersOffset(int segment) {
        return CursorsHeader.sleepersOffset(readers, segment);
    }

    /** How many readers have joined, ever. */
    long joins() {
        return Words.getLongVolatile(buffer, CursorsHeader.JOINS_OFFSET);
    }

    /** Tells writers that they must look at the slots again; a full fence. */
    void announceJoin() {
        Words.getAndAddLong(buffer, CursorsHeader.JOINS_OFFSET, 1);
    }
}
