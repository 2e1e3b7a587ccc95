package org.ipspipeline.ips.source.splitting;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.layout.Words;

/**
 * Turns bytes that were put behind the lines of a {@link LineBuffer} into lines of it, where they stand.
 *
 * <ul>
 *   <li>A line ends with LF or CRLF; neither is part of it. Any other byte is, invalid UTF-8 included.
 *   <li>Zero bytes in front of a line are dropped: they are what a file's hole reads as after a truncation under a writer
 *       that does not append.
 *   <li>A line longer than the budget is given once, cut to it, and counted; its rest is passed over, however long.
 *   <li>Bytes behind the last line end are not consumed: the caller reads them again when there is more.
 * </ul>
 *
 * <p>It knows one stream at a time: whether that stands inside a line whose rest is to be passed over. Whoever changes between
 * streams carries {@link #isSkipping()} along. Not thread-safe, allocates nothing.
 */
public final class LineSplitter {

    private static final byte NEWLINE = '\n';
    private static final byte CARRIAGE_RETURN = '\r';
    private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final int maxLineLength;
    private boolean skipping;
    private int cutLines;
    private boolean moved;
    private boolean full;

    /**
     * @param maxLineLength bytes of a line that are kept
     */
    public LineSplitter(int maxLineLength) {
        if (maxLineLength < 1) {
            throw new IllegalArgumentException("a line budget of " + maxLineLength + " bytes");
        }
        this.maxLineLength = maxLineLength;
    }

    /** Whether the stream stands inside a line that was given cut, so that bytes up to the next line end are passed over. */
    public boolean isSkipping() {
        return skipping;
    }

    /** Tells in which state the stream that is split next was left. */
    public void setSkipping(boolean skipping) {
        this.skipping = skipping;
    }

    /** How many lines the last call cut. */
    public int cutLines() {
        return cutLines;
    }

    /** Whether the last call moved bytes, so that what was read does not stand in the buffer any more as it was read. */
    public boolean hasMovedBytes() {
        return moved;
    }

    /** Whether the last call left lines because the buffer holds no more of them. */
    public boolean isFull() {
        return full;
    }

    /**
     * Makes lines of the bytes behind the last line of a buffer.
     *
     * @param buffer gets the lines; its bytes from {@link LineBuffer#size()} on are what was read
     * @param length how many bytes were read
     * @param stamp the time stamp of all these lines
     * @return how many of the bytes are done with; the others are to be read again
     */
    public int split(LineBuffer buffer, int length, int stamp) {
        final ByteBuffer bytes = buffer.bytes();
        final int start = buffer.size();
        final int end = start + length;
        cutLines = 0;
        moved = false;
        full = false;
        int from = start;
        for (int newline = nextNewline(bytes, from, end); newline < end; newline = nextNewline(bytes, from, end)) {
            final boolean added = (from == buffer.size() && isWhole(bytes, from, newline))
                    ? buffer.appendEnded(newline, stamp)
                    : add(buffer, bytes, from, newline, stamp);
            if (!added) {
                full = true;
                return from - start;
            }
            from = newline + 1;
        }
        return keepOrCut(buffer, bytes, from, end, stamp) - start;
    }

    /**
     * Makes a line of bytes that no line end will follow, because their stream is at its end.
     *
     * @param buffer gets the line, if there are bytes and they are not to be passed over
     * @param length how many bytes were read
     * @param stamp the time stamp of the line
     * @return whether the bytes are done with; false if the buffer has no room
     */
    public boolean splitLast(LineBuffer buffer, int length, int stamp) {
        cutLines = 0;
        moved = false;
        full = false;
        final int start = buffer.size();
        if (length == 0) {
            return true;
        }
        full = !add(buffer, buffer.bytes(), start, start + length, stamp);
        return !full;
    }

    /**
     * The next newline, or an index from {@code end} on if there is none before. Looks at four words at a time, up to 31 bytes behind
     * the end, which a line buffer has.
     */
    private static int nextNewline(ByteBuffer bytes, int from, int end) {
        for (int block = from; block < end; block += 4 * Long.BYTES) {
            final long first = newlinesIn(Words.getLong(bytes, block));
            final long second = newlinesIn(Words.getLong(bytes, block + Long.BYTES));
            final long third = newlinesIn(Words.getLong(bytes, block + 2 * Long.BYTES));
            final long fourth = newlinesIn(Words.getLong(bytes, block + 3 * Long.BYTES));
            if ((first | second | third | fourth) != 0) {
                if (first != 0) {
                    return block + firstOf(first);
                }
                if (second != 0) {
                    return block + Long.BYTES + firstOf(second);
                }
                return third != 0 ? block + 2 * Long.BYTES + firstOf(third) : block + 3 * Long.BYTES + firstOf(fourth);
            }
        }
        return end;
    }

    private static int firstOf(long newlines) {
        return Long.numberOfTrailingZeros(newlines) >>> 3;
    }

    /** 0x80 in each byte that is a newline, up to the first one: above it, a borrow may raise more. */
    private static long newlinesIn(long word) {
        final long difference = word ^ NEWLINES;
        return (difference - ONES) & ~difference & HIGH_BITS;
    }

    private boolean add(LineBuffer buffer, ByteBuffer bytes, int lineStart, int lineEnd, int stamp) {
        if (skipping) {
            skipping = false;
            return true;
        }
        final int from = bytes.get(lineStart) == 0 ? passZeros(bytes, lineStart, lineEnd) : lineStart;
        int length = lineEnd - from;
        if (length > 0 && bytes.get(lineEnd - 1) == CARRIAGE_RETURN) {
            length--;
        }
        final boolean tooLong = length > maxLineLength;
        if (!place(buffer, bytes, from, tooLong ? maxLineLength : length, stamp)) {
            return false;
        }
        if (tooLong) {
            cutLines++;
        }
        return true;
    }

    /** Whether bytes in front of a newline are a line just as they stand. */
    private boolean isWhole(ByteBuffer bytes, int lineStart, int lineEnd) {
        final int length = lineEnd - lineStart;
        return !skipping
                && length > 0
                && length <= maxLineLength
                && bytes.get(lineStart) != 0
                && bytes.get(lineEnd - 1) != CARRIAGE_RETURN;
    }

    private int keepOrCut(LineBuffer buffer, ByteBuffer bytes, int rest, int end, int stamp) {
        if (skipping) {
            return end;
        }
        final int from = rest < end && bytes.get(rest) == 0 ? passZeros(bytes, rest, end) : rest;
        // One byte more than the budget may be the CR of a line end that is still on its way.
        if (end - from <= maxLineLength + 1) {
            return from;
        }
        if (!place(buffer, bytes, from, maxLineLength, stamp)) {
            full = true;
            return from;
        }
        cutLines++;
        skipping = true;
        return end;
    }

    private boolean place(LineBuffer buffer, ByteBuffer bytes, int from, int length, int stamp) {
        final int target = buffer.size();
        if (from != target) {
            if (buffer.count() == buffer.lineCapacity()) {
                return false;
            }
            bytes.put(target, bytes, from, length);
            moved = true;
        }
        if (bytes.get(target + length) != NEWLINE) {
            moved = true;
        }
        return buffer.appendInPlace(length, stamp);
    }

    private static int passZeros(ByteBuffer bytes, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end && Words.getLong(bytes, at) == 0) {
            at += Long.BYTES;
        }
        while (at < end && bytes.get(at) == 0) {
            at++;
        }
        return at;
    }
}
