package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.Words;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to a segment that it has claimed. For one thread at a time.
 *
 * <p>A line is <em>staged</em> when it is in shared memory and <em>published</em> when readers may see it. The
 * {@code write} calls do both. To publish many lines at once, which is several times faster, {@link #stage} them and
 * then {@link #publish}, or write a {@link LineBuffer}. What a writer staged and did not publish when it died was never
 * written.
 *
 * <p>No call allocates for a line; only the look for readers that died does, every 5 ms at most while the segment is
 * full. Results are 1, or one of {@link #FULL}, {@link #TOO_LONG} and {@link #DROPPED}.
 */
public final class SegmentWriter extends CacheLinePadded implements AutoCloseable {

    /** Not written: a reader is a whole segment behind. Try again. */
    public static final int FULL = -1;

    /** Refused and counted: the line is longer than the ring's line size (SIZE in the thesis). */
    public static final int TOO_LONG = -2;

    /** Dropped and counted, because the segment is full and the policy is to drop. */
    public static final int DROPPED = -3;

    private static final int WRITTEN = 1;
    private static final int NO_CLAIM = -1;
    private static final int SPINS = 200;
    private static final int YIELDS = 100;
    private static final long SLEEP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Segment segment;
    private final ByteBuffer buffer;
    private final RecordFormat format;
    private final Admission admission;
    private final FullPolicy policy;
    private final int lineSize;
    private final Runnable release;
    private final @Nullable Sleepers sleepers;
    private final ByteBuffer cursors;
    private final int sleepersOffset;

    /** Everything before it is staged. */
    private long position;
    /** Everything before it is published. */
    private long tail;
    /** Up to where admission was granted. */
    private long limit;
    /** How many lines were staged in this segment, ever. */
    private long number;

    private int claimedPayload = NO_CLAIM;
    private int claimedLength;
    private long claimedEnd;
    private boolean closed;

    /**
     * Goes on where the segment's last writer stopped.
     *
     * @param segment claimed and mapped writable
     * @param cursors of the ring
     * @param sleepers how to wake readers, null where that is not possible
     * @param admission how to get room
     * @param policy what to do when there is none
     * @param lineSize the longest line
     * @param release gives the claim back
     */
    SegmentWriter(
            Segment segment,
            Cursors cursors,
            @Nullable Sleepers sleepers,
            Admission admission,
            FullPolicy policy,
            int lineSize,
            Runnable release) {
        this.segment = segment;
        this.buffer = segment.buffer();
        this.format = segment.format();
        this.admission = admission;
        this.policy = policy;
        this.lineSize = lineSize;
        this.release = release;
        this.sleepers = sleepers;
        this.cursors = cursors.buffer();
        this.sleepersOffset = cursors.sleepersOffset(segment.index());
        this.tail = segment.tail();
        this.position = tail;
        // Equal to the position: the first line asks for admission.
        this.limit = tail;
        this.number = Math.max(0, segment.numberAt(tail, tail));
    }

    /** The segment's index. */
    public int segment() {
        return segment.index();
    }

    /**
     * Writes and publishes a line.
     *
     * @param source holds it
     * @param offset where it starts
     * @param length its bytes
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     * @return 1, or {@link #FULL}, {@link #TOO_LONG} or {@link #DROPPED}
     */
    public int write(byte[] source, int offset, int length, int stamp) {
        final int result = stage(source, offset, length, stamp);
        publish();
        return result;
    }

    /**
     * Writes and publishes a line.
     *
     * @param source holds it; its position and limit are not changed
     * @param offset the index where it starts
     * @param length its bytes
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     * @return 1, or {@link #FULL}, {@link #TOO_LONG} or {@link #DROPPED}
     */
    public int write(ByteBuffer source, int offset, int length, int stamp) {
        final int result = stage(source, offset, length, stamp);
        publish();
        return result;
    }

    /**
     * Writes lines and publishes them together ({@code writev} in the thesis).
     *
     * @param lines holds them
     * @param from the first
     * @param count how many
     * @return how many of them are dealt with: written, or refused as too long or dropped, which is counted; less than
     *     {@code count} if the segment is full
     */
    public int write(LineBuffer lines, int from, int count) {
        Objects.checkFromIndexSize(from, count, lines.count());
        final ByteBuffer source = lines.bytes();
        int done = 0;
        while (done < count) {
            final int room = (int) Math.max(0, Math.min(count - done, limit - position));
            final int placed = format.placeLines(buffer, position, lines, from + done, room);
            position += placed;
            number += placed;
            done += placed;
            if (done == count) {
                break;
            }
            // The next line needs admission, is too long, or has to be placed on its own.
            final int line = from + done;
            final int length = lines.length(line);
            final int payload = reserve(length, lines.stamp(line));
            if (payload == FULL) {
                break;
            }
            if (payload >= 0) {
                // Both sides have slack for whole words: the buffer at its end, the record up to its padding.
                Words.copyWords(source, lines.start(line), buffer, payload, length);
                position = claimedEnd;
                number++;
            }
            done++;
        }
        publish();
        return done;
    }

    /**
     * Writes a line without publishing it.
     *
     * @param source holds it
     * @param offset where it starts
     * @param length its bytes
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     * @return 1, or {@link #FULL}, {@link #TOO_LONG} or {@link #DROPPED}
     */
    public int stage(byte[] source, int offset, int length, int stamp) {
        Objects.checkFromIndexSize(offset, length, source.length);
        final int payload = reserve(length, stamp);
        if (payload < 0) {
            return payload;
        }
        Words.copyBytes(source, offset, buffer, payload, length);
        position = claimedEnd;
        number++;
        return WRITTEN;
    }

    /**
     * Writes a line without publishing it.
     *
     * @param source holds it; its position and limit are not changed
     * @param offset the index where it starts
     * @param length its bytes
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     * @return 1, or {@link #FULL}, {@link #TOO_LONG} or {@link #DROPPED}
     */
    public int stage(ByteBuffer source, int offset, int length, int stamp) {
        Objects.checkFromIndexSize(offset, length, source.limit());
        final int payload = reserve(length, stamp);
        if (payload < 0) {
            return payload;
        }
        Words.copyBytes(source, offset, buffer, payload, length);
        position = claimedEnd;
        number++;
        return WRITTEN;
    }

    /** Makes everything staged visible to readers: one release store. */
    public void publish() {
        if (position != tail) {
            format.journal(buffer, position, number);
            Words.putLongRelease(buffer, SegmentControl.TAIL_OFFSET, position);
            tail = position;
            // Not ordered after the store of the tail: RangeReader.sleep says why that is enough.
            if (sleepers != null && Words.getLongOpaque(cursors, sleepersOffset) != 0) {
                sleepers.wake(segment.index());
            }
        }
    }

    /**
     * Claims room for a line, to be written in place into {@link #buffer()} and then committed or aborted.
     *
     * @param length the bytes that the line may have at most
     * @return the index in the buffer where the line starts, or {@link #FULL}, {@link #TOO_LONG} or {@link #DROPPED}
     */
    public int claim(int length) {
        if (claimedPayload != NO_CLAIM) {
            throw new RingException(RingException.Code.INVALID_ARGUMENT, "the last claim was not committed or aborted");
        }
        final int payload = reserve(length, Stamps.NONE);
        if (payload >= 0) {
            claimedPayload = payload;
            claimedLength = length;
        }
        return payload;
    }

    /** The segment's memory, for claims: little-endian. Only what is claimed may be written. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /**
     * Publishes the claimed line.
     *
     * @param length its bytes, at most what was claimed
     * @param stamp its time stamp, {@link Stamps#NONE} for none
     */
    public void commit(int length, int stamp) {
        if (claimedPayload == NO_CLAIM || length < 0 || length > claimedLength) {
            throw new RingException(
                    RingException.Code.INVALID_ARGUMENT,
                    claimedPayload == NO_CLAIM
                            ? "nothing is claimed"
                            : "a commit of " + length + " bytes, " + claimedLength + " are claimed");
        }
        position = format.shrink(buffer, claimedPayload, claimedEnd, claimedLength, length, stamp);
        number++;
        claimedPayload = NO_CLAIM;
        publish();
    }

    /** Gives a claim back: the line was never there. */
    public void abort() {
        claimedPayload = NO_CLAIM;
    }

    /** Writes a record's header where there is room for it; sets its end. Returns the payload's place, or a result. */
    private int reserve(int length, int stamp) {
        if (Integer.compareUnsigned(length, lineSize) > 0) {
            return refuse(length);
        }
        final long end = format.end(position, length);
        if (end - limit > 0) {
            final int result = makeRoom(end);
            if (result != WRITTEN) {
                return result;
            }
        }
        claimedEnd = end;
        return format.place(buffer, position, end, length, stamp, number);
    }

    private int refuse(int length) {
        checkOpen();
        if (length < 0) {
            throw new RingException(RingException.Code.INVALID_ARGUMENT, "a line of " + length + " bytes");
        }
        segment.count(SegmentControl.TOO_LONG_OFFSET, 1);
        return TOO_LONG;
    }

    private int makeRoom(long end) {
        checkOpen();
        // Readers must see what is staged, or a full segment would wait for them while they wait for it.
        publish();
        limit = admission.grant(tail, end);
        if (end - limit <= 0) {
            return WRITTEN;
        }
        return switch (policy.action()) {
            case RETURN -> FULL;
            case DROP -> {
                segment.count(SegmentControl.DROPPED_OFFSET, 1);
                yield DROPPED;
            }
            case WAIT -> await(end);
        };
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private int await(long end) {
        final long deadline = System.nanoTime() + policy.timeout().toNanos();
        for (int i = 0; ; i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else if (i < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(SLEEP_NANOS);
            }
            limit = admission.grant(tail, end);
            if (end - limit <= 0) {
                return WRITTEN;
            }
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return FULL;
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new RingException(
                    RingException.Code.CLOSED, "the writer of segment " + segment.index() + " is closed");
        }
    }

    /** Publishes what is staged and gives the segment back, for another writer to claim. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        publish();
        closed = true;
        // The next line, if one comes, takes the slow path, which looks whether the writer is closed.
        limit = position;
        Words.putLongOpaque(buffer, SegmentControl.WRITER_PID_OFFSET, 0);
        release.run();
    }
}
