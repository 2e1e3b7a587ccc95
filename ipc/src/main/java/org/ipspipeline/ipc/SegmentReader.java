package org.ipspipeline.ipc;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.List;
import org.ipspipeline.ipc.layout.ReaderCursor;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.Words;
import org.jspecify.annotations.Nullable;

/**
 * Reads one segment for a {@link RingReader}. Thread-safe: threads of the process that read the same segment take turns,
 * and every line goes to one of them. No call waits for lines, and none allocates.
 *
 * <p>Nothing that a writer, or whoever else can write the memory, does can make a read go astray: positions and lengths
 * are checked before use, lines that were overwritten while they were copied are dropped and counted as lost, a record
 * with an impossible length is skipped and counted as damaged. One thing cannot be contained: when a process that
 * may write the ring's file truncates it, the JVM throws an {@link InternalError}, at the read or somewhat later in the same
 * thread. Where it comes in time it is a {@link RingException}; a thread that must survive it expects both.
 */
public final class SegmentReader extends CacheLinePadded {

    /** A copy that was overrun is tried again with a quarter of the lines, until one line is too many. */
    private static final int RETRY_SHIFT = 2;

    /** Lines that are handed out from a private copy at a time. */
    private static final int COPIED_LINES = 64;

    private final ReadTurn turn = new ReadTurn();
    private final LookPacing pacing;
    private final HeadStart headStart;
    private final RingReader reader;
    private final Segment segment;
    private final ByteBuffer buffer;
    private final RecordReader records;
    private final ByteBuffer cursors;
    private final int cursor;
    private final boolean inPlace;
    private final int lineSize;

    /** Everything before it is read. */
    private long position;
    /** The tail as it was last seen. */
    private long tail;

    /** Of the line where this was placed. */
    private long number;

    private long read;
    private long lost;
    private long damaged;
    private @Nullable LineBuffer copies;

    SegmentReader(RingReader reader, Segment segment, Cursors cursors, RingDescription ring) {
        this.reader = reader;
        this.segment = segment;
        this.buffer = segment.buffer();
        this.records = segment.format().reader();
        this.pacing = new LookPacing(segment.format().quantum());
        this.headStart = new HeadStart(segment.capacity());
        this.cursors = cursors.buffer();
        this.cursor = cursors.cursorOffset(segment.index(), reader.readerId());
        this.inPlace = !ring.mayOverrunReaders();
        this.lineSize = ring.geometry().lineSize();
    }

    /** The segment's index. */
    public int segment() {
        return segment.index();
    }

    /**
     * Copies lines ({@code readv} in the thesis), appending them to those in the buffer.
     *
     * @param into takes them
     * @param limit how many at most
     * @return how many, 0 if there are none or the buffer has no room
     * @throws RingException BUFFER_TOO_SMALL if the buffer is empty and yet too small for the next line; EVICTED; CLOSED;
     *     DAMAGED if the ring's indices are impossible, see {@link #seek}
     */
    public int read(LineBuffer into, int limit) {
        turn.take();
        try {
            return copy(into, limit);
        } catch (InternalError truncated) {
            throw truncated(truncated);
        } finally {
            turn.giveBack();
        }
    }

    /** As {@link #read}, but takes no line where another thread reads at this moment. */
    int tryRead(LineBuffer into, int limit) {
        if (!turn.tryTake()) {
            return 0;
        }
        try {
            return copy(into, limit);
        } catch (InternalError truncated) {
            throw truncated(truncated);
        } finally {
            turn.giveBack();
        }
    }

    /**
     * Hands out lines: in place, without copying them, in a lossless ring whose stuck readers block; from a private copy
     * in a ring that may overwrite a line while the handler looks at it. A line counts as read when the handler returns
     * or throws. The handler must not read from this segment.
     *
     * @param handler takes them
     * @param limit how many at most
     * @return how many
     * @throws RingException EVICTED, CLOSED or DAMAGED, as for {@link #read}
     */
    public int poll(LineHandler handler, int limit) {
        turn.take();
        try {
            return inPlace ? visit(handler, limit) : visitCopies(handler, limit);
        } catch (InternalError truncated) {
            throw truncated(truncated);
        } finally {
            turn.giveBack();
        }
    }

    /** Whether {@link #poll} hands out lines in place, without copying them. */
    public boolean isInPlace() {
        return inPlace;
    }

    /** Whether a read would find something: lines, or that the reader is closed or the ring damaged. */
    public boolean hasLines() {
        return segment.tail() != Words.getLongOpaque(cursors, cursor + ReaderCursor.POSITION_OFFSET);
    }

    /** Whether the segment's writer wakes sleeping readers; a segment without one does, as its next writer is expected to. */
    boolean isWoken() {
        return segment.counter(SegmentControl.WRITER_PID_OFFSET) == 0
                || (Words.getIntAcquire(buffer, SegmentControl.WRITER_ABILITIES_OFFSET) & SegmentControl.ABILITY_WAKES)
                        != 0;
    }

    /**
     * Goes to the oldest whole or after the newest line, without counting what is jumped over as lost. Also mends a
     * reader whose ring was found {@link RingException.Code#DAMAGED}, as far as the indices are sound again.
     *
     * @param start where to go on
     */
    public void seek(StartPosition start) {
        turn.take();
        try {
            reader.checkOpen();
            place(start);
            reader.settle(List.of(this), start);
        } finally {
            turn.giveBack();
        }
    }

    /** Sets the cursor; it counts when the reader's join is announced after it, and then {@link #isSettled}. */
    void place(StartPosition start) {
        final long newest = segment.tail();
        position = start == StartPosition.OLDEST ? Math.min(segment.oldestForJoin(), newest) : newest;
        tail = position;
        number = segment.numberAt(position, newest);
        records.expect(number);
        publish();
    }

    /**
     * Whether the writer leaves alone what comes from the cursor on. Either it saw the cursor that was set before the join
     * was announced, or what it pledged without is seen here. Then also the number of the line there was read right.
     */
    boolean isSettled() {
        VarHandle.acquireFence();
        return segment.oldestForJoin() - position <= 0 && number != RecordFormat.UNKNOWN;
    }

    private int copy(LineBuffer into, int limit) {
        for (int lines = limit; lines > 0; lines >>= RETRY_SHIFT) {
            if (!look(into, lines)) {
                return 0;
            }
            final int base = into.count();
            final int taken = records.copy(buffer, into, position, tail, lines);
            // What was copied is read before the intent that tells whether it was still whole.
            VarHandle.acquireFence();
            final long intent = segment.intent();
            final long oldest = intent - segment.capacity();
            if (oldest - position > 0) {
                final int dropped = records.stale(into, base, position, oldest);
                into.remove(base, dropped);
                headStart.overrun(oldest - position);
                if (taken > dropped) {
                    overrun(into, oldest);
                    deliver(into, dropped, taken - dropped);
                    return taken - dropped;
                }
                resume(into, oldest);
            } else if (intent - tail < 0) {
                into.remove(base, taken);
                throw damagedIndices(intent);
            } else if (taken > 0) {
                headStart.whole();
                deliver(into, 0, taken);
                return taken;
            } else if (!skipDamaged()) {
                checkRoom(into);
                return 0;
            }
        }
        return 0;
    }

    private int visit(LineHandler handler, int limit) {
        if (limit <= 0 || !look(null, limit)) {
            return 0;
        }
        final long intent = segment.intent();
        if (intent - segment.capacity() - position > 0 || intent - tail < 0) {
            throw damagedIndices(intent);
        }
        turn.beginVisit();
        try {
            if (records.visit(buffer, handler, position, tail, limit) == 0) {
                skipDamaged();
            }
            return records.taken();
        } finally {
            turn.endVisit();
            if (records.taken() > 0) {
                deliver(null, 0, records.taken());
            }
        }
    }

    private int visitCopies(LineHandler handler, int limit) {
        if (copies == null) {
            copies = LineBuffer.ofLines(COPIED_LINES, lineSize);
        }
        final LineBuffer lines = copies;
        int total = 0;
        while (total < limit) {
            lines.clear();
            final int count = copy(lines, Math.min(limit - total, COPIED_LINES));
            if (count == 0) {
                break;
            }
            total += count;
            handOut(handler, lines);
        }
        return total;
    }

    private void handOut(LineHandler handler, LineBuffer lines) {
        final ByteBuffer bytes = lines.bytes();
        turn.beginVisit();
        try {
            for (int i = 0; i < lines.count(); i++) {
                handler.onLine(bytes, lines.start(i), lines.length(i), lines.stamp(i));
            }
        } finally {
            turn.endVisit();
        }
    }

    /** Looks for lines: at the tail as it is known if that is enough, else in shared memory. */
    private boolean look(@Nullable LineBuffer into, int wanted) {
        if (tail - position < wanted) {
            pacing.pause();
            reader.checkActive();
            tail = segment.tail();
            pacing.found(tail - position);
            if (tail - position < 0) {
                throw damagedIndices(segment.intent());
            }
            final long oldest = tail - position > segment.capacity() ? segment.oldest() : position;
            if (oldest - position > 0) {
                // Lapped: go on at once instead of copying what is gone.
                resume(into, oldest);
                tail = segment.tail();
            }
        }
        return tail != position;
    }

    /** Goes on at the oldest whole line, or ahead of it, as far as was in vain to copy before. */
    private void resume(@Nullable LineBuffer into, long oldest) {
        final long from = records.resume(oldest, headStart.distance(), tail);
        overrun(into, from);
        position = from;
        publish();
    }

    /** Accounts for what was overwritten, or will be, before it is read. */
    private void overrun(@Nullable LineBuffer into, long oldest) {
        if (oldest - segment.tail() > 0) {
            throw damagedIndices(oldest + segment.capacity());
        }
        reader.checkActive();
        countLost(into, records.jump(position, oldest));
    }

    private void deliver(@Nullable LineBuffer into, int dropped, int kept) {
        countLost(into, records.deliver(dropped, kept));
        position = records.next();
        read += kept;
        publish();
    }

    private void countLost(@Nullable LineBuffer into, long lines) {
        lost += lines;
        if (into != null) {
            into.addLost(lines);
        }
    }

    private boolean skipDamaged() {
        final long next = records.skipDamaged(buffer, position, tail);
        if (next == position) {
            return false;
        }
        damaged++;
        position = next;
        publish();
        return true;
    }

    private void checkRoom(LineBuffer into) {
        final int length = records.length(buffer, position);
        if (into.isEmpty() && !into.canHold(length)) {
            throw new RingException(
                    RingException.Code.BUFFER_TOO_SMALL,
                    "a line of " + length + " bytes does not fit into a buffer of " + into.byteCapacity());
        }
    }

    /** Tells writers how far this reader is; the release keeps them from overwriting what is still being copied. */
    private void publish() {
        Words.putLongOpaque(cursors, cursor + ReaderCursor.READ_OFFSET, read);
        Words.putLongOpaque(cursors, cursor + ReaderCursor.LOST_OFFSET, lost);
        Words.putLongOpaque(cursors, cursor + ReaderCursor.DAMAGED_OFFSET, damaged);
        Words.putLongRelease(cursors, cursor + ReaderCursor.POSITION_OFFSET, position);
    }

    /** Waits for threads that read now; later reads look at whether the reader is open. */
    void close() {
        turn.take();
        tail = position;
        turn.giveBack();
    }

    private RingException damagedIndices(long intent) {
        final RingException damaged = new RingException(
                RingException.Code.DAMAGED,
                "segment " + segment.index() + " of " + reader.path() + " has impossible indices: read up to "
                        + position
                        + ", written up to " + tail + ", intended up to " + intent
                        + "; seek() goes on where the writer is");
        // What was seen is not kept: the next read looks again.
        tail = position;
        return damaged;
    }

    private RingException truncated(InternalError error) {
        return new RingException(
                RingException.Code.DAMAGED,
                "the memory of " + reader.path() + " was truncated by another process",
                error);
    }
}
