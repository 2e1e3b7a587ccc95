package org.ipspipeline.ips.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.ipspipeline.ips.source.splitting.LineSplitter;

/**
 * One file and how far it is read. The position is always the start of a line, or lies inside one that was cut: what is
 * behind the last line end stays in the file until the rest has come, so nothing is kept here but numbers.
 *
 * <p>Every read is checked against the bytes in front of the position. If these have changed, or are gone, the file was cut
 * back, even if it has grown past the position again.
 */
final class FollowedFile implements Closeable {

    private static final int SMALLEST_WINDOW = 4096;
    private static final int FIRST_WINDOW = 64 * 1024;

    private final ReadableFile file;
    private final ByteBuffer scratch;

    /** Written by the thread that reads alone. */
    private volatile long position;

    private boolean skipping;
    /** Hash of the bytes in front of the position. */
    private long tailHash;
    /**
     * The first bytes as they were read: who asks the file for them again may get those of its next content, if it is cut back
     * at that moment, and would then not know the copy that was made before.
     */
    private final ByteBuffer head =
            ByteBuffer.allocate(Fingerprint.HEAD + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    /** Hash of the first bytes. Final once the position is behind them. */
    private long headHash;

    private int headLength;
    /** Bytes behind the position that are no whole line yet. */
    private volatile int pending;
    /** How much to read at once, so that the lines of one read about fill a buffer. */
    private int window = FIRST_WINDOW;

    /** Lines up to here were given when the program last ran, and may have been handled then. */
    private long repeatsUntil;

    private int record = -1;
    private boolean atEnd;
    private boolean begun;
    private volatile boolean refused;

    private FollowedFile(ReadableFile file, ByteBuffer scratch) {
        this.file = file;
        this.scratch = scratch;
    }

    /**
     * Follows a file from a position.
     *
     * @param file to read; closed with this
     * @param position the start of a line, or inside one that is to be passed over
     * @param skipping whether it is inside one
     * @param scratch {@link Fingerprint#scratch()}, shared by the files of a source
     */
    static FollowedFile from(ReadableFile file, long position, boolean skipping, ByteBuffer scratch)
            throws IOException {
        final FollowedFile followed = new FollowedFile(file, scratch);
        followed.moveTo(position, skipping);
        return followed;
    }

    /** Counts the lines up to a position as given for the second time. */
    void repeatUntil(long givenBefore) {
        repeatsUntil = givenBefore;
    }

    /** Its number in the position file; -1 if its position is not kept. */
    int record() {
        return record;
    }

    void setRecord(int number) {
        record = number;
    }

    FileIdentity identity() {
        return file.identity();
    }

    ReadableFile file() {
        return file;
    }

    long position() {
        return position;
    }

    boolean isSkipping() {
        return skipping;
    }

    /** Whether the last read found nothing more. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** Bytes behind the position that were seen, and are no whole line yet. */
    int pending() {
        return pending;
    }

    /**
     * Bytes that are there and not yet read, but for a line that is still being written. May be asked by any thread.
     *
     * @throws IOException if the file was closed, or cannot be asked
     */
    long lag() throws IOException {
        return refused ? 0 : Math.max(0, file.size() - position - pending);
    }

    /** What the file is known by, as far as it was read. */
    Fingerprint fingerprint() {
        return position == 0 ? Fingerprint.NOTHING_READ : new Fingerprint(position, headHash, tailHash);
    }

    /** Has the next read look again whether there is more, although the last one found nothing. */
    void recheck() {
        atEnd = false;
    }

    /** Begins anew at the file's start: it was cut back. */
    void restart() throws IOException {
        moveTo(0, false);
    }

    /**
     * Reads the next lines.
     *
     * @param into gets them, after those that it has
     * @param splitter for its budget
     * @param stamp time stamp of the lines
     * @param meter counts them
     * @return what came of it
     */
    Progress read(LineBuffer into, LineSplitter splitter, int stamp, SourceMeter meter) throws IOException {
        final int room = into.byteCapacity() - into.size();
        if (refused && file.size() > 0) {
            atEnd = true;
            return Progress.AT_END;
        }
        refused = false;
        if (atEnd && pending == 0) {
            final Progress unchanged = probe();
            if (unchanged != Progress.LINES) {
                return unchanged;
            }
        }
        final int length = (int) Math.min(Math.min(room, window), repeatsLeft());
        final int got = file.read(into.bytes(), into.size(), length, position);
        if (!isTailUnchanged()) {
            return Progress.CUT_BACK;
        }
        if (position == 0 && !begun && got > 0) {
            if (TextCheck.isUtf16(into.bytes(), into.size(), got)) {
                refused = true;
                atEnd = true;
                return Progress.NOT_TEXT;
            }
            begun = got > 1;
        }
        return take(into, splitter, stamp, meter, got, length);
    }

    /**
     * Gives the bytes behind the last line end as a line: nobody will end it.
     *
     * @return false if the buffer has no room
     */
    boolean readLast(LineBuffer into, LineSplitter splitter, int stamp, SourceMeter meter) throws IOException {
        if (pending == 0) {
            return true;
        }
        if (into.byteCapacity() - into.size() <= pending) {
            return false;
        }
        final int before = into.count();
        final int got = file.read(into.bytes(), into.size(), pending, position);
        splitter.setSkipping(skipping);
        if (!splitter.splitLast(into, got, stamp)) {
            return false;
        }
        meter.given(into.count() - before, got);
        meter.cut(splitter.cutLines());
        moveTo(position + got, false);
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private Progress take(LineBuffer into, LineSplitter splitter, int stamp, SourceMeter meter, int got, int length)
            throws IOException {
        final int start = into.size();
        final int before = into.count();
        splitter.setSkipping(skipping);
        keepHead(into.bytes(), start, got);
        final int consumed = splitter.split(into, got, stamp);
        final int lines = into.count() - before;
        final boolean repeats = position < repeatsUntil;
        pending = got - consumed;
        adaptWindow(splitter.isFull(), consumed, got, length);
        if (consumed > 0) {
            final long reached = position + consumed;
            position = reached;
            skipping = splitter.isSkipping();
            final int tail = Fingerprint.tailLength(reached);
            tailHash = consumed >= tail && !splitter.hasMovedBytes()
                    ? Fingerprint.hash(into.bytes(), start + consumed - tail, tail)
                    : tailHashAt(reached);
            takeHead();
            meter.given(lines, consumed);
            meter.cut(splitter.cutLines());
            if (repeats) {
                meter.repeated(lines);
            }
        }
        if (splitter.isFull() || (consumed == 0 && got == length)) {
            atEnd = false;
            return lines > 0 || (before == 0 && window > length) ? Progress.LINES : Progress.NO_ROOM;
        }
        atEnd = got < length;
        return atEnd ? Progress.AT_END : Progress.LINES;
    }

    /** Bytes that may be read at once, so that lines given before and new ones are not counted as one. */
    private long repeatsLeft() {
        return position < repeatsUntil ? repeatsUntil - position : Integer.MAX_VALUE;
    }

    private void adaptWindow(boolean full, int consumed, int got, int length) {
        if (full) {
            window = Math.max(SMALLEST_WINDOW, consumed + consumed / 16);
        } else if (got == length && length == window) {
            window = window > Integer.MAX_VALUE / 2 ? window : window * 2;
        }
    }

    /** One call tells whether anything has changed: the bytes in front of the position, and one more. */
    private Progress probe() throws IOException {
        final int tail = Fingerprint.tailLength(position);
        final int got = file.read(scratch, 0, tail + 1, position - tail);
        if (got < tail || Fingerprint.hash(scratch, 0, tail) != tailHash) {
            return Progress.CUT_BACK;
        }
        return got == tail ? Progress.AT_END : Progress.LINES;
    }

    private boolean isTailUnchanged() throws IOException {
        return position == 0 || tailHashAt(position) == tailHash;
    }

    private long tailHashAt(long end) throws IOException {
        final int tail = Fingerprint.tailLength(end);
        return Fingerprint.hash(scratch, 0, file.read(scratch, 0, tail, end - tail));
    }

    /** Before they are split, which moves bytes. */
    private void keepHead(ByteBuffer bytes, int start, int got) {
        if (position < Fingerprint.HEAD) {
            final int from = (int) position;
            head.put(from, bytes, start, Math.min(Fingerprint.HEAD - from, got));
        }
    }

    private void takeHead() {
        final int length = (int) Math.min(Fingerprint.HEAD, position);
        if (headLength < length) {
            headHash = Fingerprint.hash(head, 0, length);
            headLength = length;
        }
    }

    private void moveTo(long newPosition, boolean newSkipping) throws IOException {
        position = newPosition;
        skipping = newSkipping;
        tailHash = newPosition == 0 ? 0 : tailHashAt(newPosition);
        headLength = (int) Math.min(Fingerprint.HEAD, newPosition);
        headHash = newPosition == 0 ? 0 : Fingerprint.headHash(file, newPosition, scratch);
        head.put(0, scratch, 0, headLength);
        pending = 0;
        atEnd = false;
        begun = newPosition > 0;
        repeatsUntil = 0;
    }

    /** What a read came to. */
    enum Progress {
        /** There may be more: read again. */
        LINES,
        /** All that is there was read; there may have been lines. */
        AT_END,
        /** The buffer is too full for the next line. */
        NO_ROOM,
        /** What was read before is not there any more: the file was cut back, and perhaps written anew. */
        CUT_BACK,
        /** It starts with the mark of UTF-16, and is passed over until it is emptied. */
        NOT_TEXT
    }

    /** Tells text in bytes from text in 16-bit units. */
    private static final class TextCheck {

        private static final short BIG_ENDIAN_MARK = (short) 0xFEFF;
        private static final short LITTLE_ENDIAN_MARK = (short) 0xFFFE;

        private TextCheck() {}

        static boolean isUtf16(ByteBuffer bytes, int offset, int length) {
            if (length < Short.BYTES) {
                return false;
            }
            final short first = bytes.order() == ByteOrder.BIG_ENDIAN
                    ? bytes.getShort(offset)
                    : Short.reverseBytes(bytes.getShort(offset));
            return first == BIG_ENDIAN_MARK || first == LITTLE_ENDIAN_MARK;
        }
    }
}
