package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.ipspipeline.ipc.layout.RecordDescriptor;
import org.ipspipeline.ipc.layout.Words;

/**
 * A batch of lines in private memory: packed one after the other, each ended by a newline, with their places, lengths
 * and time stamps beside them. Lines may hold any bytes, newlines and zeros included: {@link #length} tells where they
 * end.
 *
 * <pre>
 *   bytes():  first line\nsecond line\nthird\n.......
 *             ^start(0)   ^start(1)    ^start(2)  ^size()
 * </pre>
 *
 * <p>Allocates when it is made and never after. Not thread-safe.
 */
public final class LineBuffer {

    /** Bytes behind the last newline that may be written, as lines are copied in whole words, and read, as vectors of any width are. */
    static final int SLACK = 64;

    private static final byte NEWLINE = '\n';

    private final ByteBuffer bytes;
    /** Of each line, and of the line that would come next. */
    private final int[] starts;

    private final int[] stamps;
    private final int byteCapacity;
    private int count;
    private long lost;

    /**
     * Makes an empty batch.
     *
     * @param lines how many it holds at most
     * @param bytes how many bytes these have at most, a newline for each line included
     */
    public LineBuffer(int lines, int bytes) {
        if (lines < 1 || bytes < 1 || bytes > Integer.MAX_VALUE - SLACK) {
            throw new IllegalArgumentException("a buffer of " + lines + " lines and " + bytes + " bytes");
        }
        this.bytes = ByteBuffer.allocateDirect(bytes + SLACK).order(ByteOrder.LITTLE_ENDIAN);
        this.byteCapacity = bytes;
        this.starts = new int[lines + 1];
        this.stamps = new int[lines];
    }

    /**
     * Makes an empty batch with room for lines of full length.
     *
     * @param lines how many it holds
     * @param lineSize bytes of the longest line
     * @return the batch
     */
    public static LineBuffer ofLines(int lines, int lineSize) {
        return new LineBuffer(lines, Math.multiplyExact(lines, lineSize + 1));
    }

    /** The number of lines in it. */
    public int count() {
        return count;
    }

    /** Whether it has no line. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** The number of lines that it holds at most. */
    public int lineCapacity() {
        return stamps.length;
    }

    /** The number of bytes that it holds at most, newlines included. */
    public int byteCapacity() {
        return byteCapacity;
    }

    /** The bytes in use, newlines included: where the next line would start. */
    public int size() {
        return starts[count];
    }

    /**
     * Where a line starts in {@link #bytes()}.
     *
     * @param line 0 .. {@link #count()}-1
     * @return an index
     */
    public int start(int line) {
        return starts[Objects.checkIndex(line, count)];
    }

    /**
     * The bytes of a line.
     *
     * @param line 0 .. {@link #count()}-1
     * @return without the newline
     */
    public int length(int line) {
        return starts[Objects.checkIndex(line, count) + 1] - starts[line] - 1;
    }

    /**
     * The time stamp of a line.
     *
     * @param line 0 .. {@link #count()}-1
     * @return {@link Stamps}, or {@link Stamps#NONE}
     */
    public int stamp(int line) {
        return stamps[Objects.checkIndex(line, count)];
    }

    /**
     * The memory: direct, little-endian, always the same buffer. Use absolute indices, and do not change its position or
     * limit. What lies after {@link #size()} is undefined; 64 bytes can be read there.
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** The lines that were lost before or between those here, as the reads into this buffer found since the last clear. */
    public long lost() {
        return lost;
    }

    /** Empties it: no line, none lost. */
    public void clear() {
        count = 0;
        lost = 0;
    }

    /**
     * Adds a line.
     *
     * @param source holds it
     * @param offset where it starts there
     * @param length its bytes, without a newline
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     * @return false if there is no room for it
     */
    public boolean append(byte[] source, int offset, int length, int stamp) {
        Objects.checkFromIndexSize(offset, length, source.length);
        final int start = starts[count];
        if (!hasRoom(start, length)) {
            return false;
        }
        Words.copyBytes(source, offset, bytes, start, length);
        end(start, length, stamp);
        return true;
    }

    /**
     * Adds a line.
     *
     * @param source holds it; its position and limit are not looked at
     * @param offset where it starts there
     * @param length its bytes, without a newline
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     * @return false if there is no room for it
     */
    public boolean append(ByteBuffer source, int offset, int length, int stamp) {
        Objects.checkFromIndexSize(offset, length, source.limit());
        final int start = starts[count];
        if (!hasRoom(start, length)) {
            return false;
        }
        Words.copyBytes(source, offset, bytes, start, length);
        end(start, length, stamp);
        return true;
    }

    /**
     * Adds a line whose bytes the caller has put into {@link #bytes()} already, from {@link #size()} on, so that it is not
     * copied once more. The byte behind them becomes its newline.
     *
     * @param length its bytes, without a newline
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     * @return false if there is no room for it
     */
    public boolean appendInPlace(int length, int stamp) {
        final int start = starts[count];
        if (!hasRoom(start, length)) {
            return false;
        }
        end(start, length, stamp);
        return true;
    }

    /**
     * Adds a line that stands in {@link #bytes()} already, from {@link #size()} on, newline included.
     *
     * @param newline the index of its newline
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     * @return false if there is no room for it
     */
    public boolean appendEnded(int newline, int stamp) {
        final int line = count;
        if (line == stamps.length || newline >= byteCapacity) {
            return false;
        }
        stamps[line] = stamp;
        starts[line + 1] = newline + 1;
        count = line + 1;
        return true;
    }

    /**
     * Adds a line from a source that may be read up to a multiple of 8 bytes.
     *
     * @return false if there is no room for it
     */
    boolean appendWords(ByteBuffer source, int offset, int length, int stamp) {
        final int start = starts[count];
        if (!hasRoom(start, length)) {
            return false;
        }
        Words.copyWords(source, offset, bytes, start, length);
        end(start, length, stamp);
        return true;
    }

    /**
     * Adds lines from slots, until one does not fit or has an impossible length.
     *
     * @param source the segment
     * @param slots where its slots lie
     * @param from the position of the first
     * @param limit how many at most
     * @return how many
     */
    int appendSlots(ByteBuffer source, FixedSlots slots, long from, int limit) {
        // All in locals: this loop runs for every line.
        final ByteBuffer bytes = this.bytes;
        final int[] starts = this.starts;
        final int[] stamps = this.stamps;
        final int first = count;
        final int most = Math.min(limit, stamps.length - first);
        int start = starts[first];
        int done = 0;
        while (done < most) {
            final int record = slots.offset(from + done);
            final long header = Words.getLong(source, record);
            final int length = RecordDescriptor.length(header);
            if (slots.isImpossible(length) || length >= byteCapacity - start) {
                break;
            }
            Words.copyWords(source, record + RecordDescriptor.FIXED_HEADER_SIZE, bytes, start, length);
            start += length;
            bytes.put(start, NEWLINE);
            start++;
            stamps[first + done] = RecordDescriptor.stamp(header);
            done++;
            starts[first + done] = start;
        }
        count = first + done;
        return done;
    }

    /**
     * Copies lines to slots, until one is too long for them.
     *
     * @param from the first line
     * @param limit how many at most
     * @param target the segment
     * @param slots where its slots lie
     * @param position of the first slot
     * @return how many
     */
    int copyToSlots(int from, int limit, ByteBuffer target, FixedSlots slots, long position) {
        final ByteBuffer bytes = this.bytes;
        final int[] starts = this.starts;
        final int[] stamps = this.stamps;
        int start = starts[from];
        for (int i = 0; i < limit; i++) {
            final int next = starts[from + i + 1];
            final int length = next - start - 1;
            if (slots.isImpossible(length)) {
                return i;
            }
            final int record = slots.offset(position + i);
            Words.putLong(target, record, RecordDescriptor.header(length, stamps[from + i]));
            // Both sides have slack for whole words: this buffer at its end, the slot up to its stride.
            Words.copyWords(bytes, start, target, record + RecordDescriptor.FIXED_HEADER_SIZE, length);
            start = next;
        }
        return limit;
    }

    private boolean hasRoom(int start, int length) {
        return count < stamps.length && length < byteCapacity - start;
    }

    private void end(int start, int length, int stamp) {
        final int newline = start + length;
        bytes.put(newline, NEWLINE);
        stamps[count] = stamp;
        count++;
        starts[count] = newline + 1;
    }

    /** Whether a line of this length would fit into the empty buffer. */
    boolean canHold(int length) {
        return length < byteCapacity;
    }

    void addLost(long lines) {
        lost += lines;
    }

    /** Takes lines out again and moves those after them down. */
    void remove(int from, int lines) {
        if (lines == 0) {
            return;
        }
        final int rest = from + lines;
        final int shift = starts[rest] - starts[from];
        // The areas may overlap: moving towards the start byte by byte is right whatever the shift.
        for (int i = starts[rest]; i < starts[count]; i++) {
            bytes.put(i - shift, bytes.get(i));
        }
        for (int i = rest; i < count; i++) {
            stamps[i - lines] = stamps[i];
            starts[i - lines] = starts[i] - shift;
        }
        starts[count - lines] = starts[count] - shift;
        count -= lines;
    }
}
