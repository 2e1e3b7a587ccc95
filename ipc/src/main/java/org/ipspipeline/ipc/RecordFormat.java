package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.layout.SegmentGeometry;

/**
 * How records lie in a segment: the arithmetic from positions to offsets, and the header of a record. What depends on
 * fixed slots or variable records is behind this and {@link RecordReader}.
 */
sealed interface RecordFormat permits FixedFormat, VariableFormat {

    /** No number: the writer is moving on, or the segment is damaged. */
    long UNKNOWN = -1;

    static RecordFormat of(Geometry geometry, SegmentGeometry segment) {
        return geometry.variable()
                ? new VariableFormat(geometry.lineSize(), segment.capacity())
                : new FixedFormat(geometry.lineSize(), segment.capacity());
    }

    /** Whether a record could start at a position. */
    boolean isPosition(long position);

    /** The position after a record of a length that is placed at a position. */
    long end(long position, int length);

    /**
     * Writes a record's header.
     *
     * @param buffer the segment
     * @param position where the record, or the padding before it, starts
     * @param end what {@link #end} told for the position
     * @param length the payload's
     * @param stamp its time stamp
     * @param number how many lines came before it in this segment
     * @return the offset of the payload
     */
    int place(ByteBuffer buffer, long position, long end, int length, int stamp, long number);

    /**
     * Writes lines that have room, where each takes one position.
     *
     * @param buffer the segment
     * @param position of the first
     * @param lines hold them
     * @param from the first
     * @param count how many at most
     * @return how many are written: all before the first that is too long; 0 where lines have to be placed one by one
     */
    int placeLines(ByteBuffer buffer, long position, LineBuffer lines, int from, int count);

    /**
     * Finishes a record that was placed with a length that it did not need.
     *
     * @param buffer the segment
     * @param payload what {@link #place} returned
     * @param end the record's end as placed
     * @param placed the length it was placed with
     * @param length its true length, at most that
     * @param stamp its time stamp
     * @return the record's end now
     */
    long shrink(ByteBuffer buffer, int payload, long end, int placed, int length, int stamp);

    /**
     * The start of a record that is at least as far as a position, for a writer to give up what is before it.
     *
     * @param buffer the segment
     * @param from the start of a record
     * @param target how far at least
     * @param tail the position after the last record
     * @return the start of a record, or {@code tail}
     */
    long advance(ByteBuffer buffer, long from, long target, long tail);

    /**
     * The number of a line: how many came before it in this segment.
     *
     * @param buffer the segment
     * @param position the start of a record, or the tail
     * @param tail the position after the last record
     * @return the number of the line there, for the tail that of the next line; {@link #UNKNOWN} if it cannot be told
     */
    long numberAt(ByteBuffer buffer, long position, long tail);

    /** Puts the number of the next line beside the tail that will be published. */
    void journal(ByteBuffer buffer, long tail, long number);

    /** How many lines, or bytes of lines, a writer takes at a time where readers do not limit it. */
    long quantum();

    /** A reader of records, for one {@link SegmentReader}. */
    RecordReader reader();
}
