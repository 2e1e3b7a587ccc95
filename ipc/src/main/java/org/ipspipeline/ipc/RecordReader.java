package org.ipspipeline.ipc;

import java.nio.ByteBuffer;

/**
 * Reads the records of a segment, trusting none of their bytes: a length is checked before it is used, and what a writer
 * overwrites meanwhile is at worst copied wrongly and dropped by the caller.
 */
sealed interface RecordReader permits FixedRecordReader, VariableRecordReader {

    /**
     * Copies lines, until one does not fit or is damaged.
     *
     * @param buffer the segment
     * @param into takes them
     * @param from the start of a record
     * @param tail what is published
     * @param limit how many lines at most
     * @return how many lines it took
     */
    int copy(ByteBuffer buffer, LineBuffer into, long from, long tail, int limit);

    /**
     * Hands out lines in place, until one is damaged. {@link #taken} and {@link #next} are right even if the handler
     * throws, and count the line that it threw for.
     *
     * @param buffer the segment
     * @param handler takes them
     * @param from the start of a record
     * @param tail what is published
     * @param limit how many lines at most
     * @return how many lines it took
     */
    int visit(ByteBuffer buffer, LineHandler handler, long from, long tail, int limit);

    /** How many lines the last copy or visit took. */
    int taken();

    /** The position after the last line of the last copy or visit. */
    long next();

    /**
     * How many of the lines just copied were overwritten meanwhile.
     *
     * @param into where they are
     * @param base the first of them there
     * @param from where the copy had started
     * @param oldest the oldest whole record now, after {@code from}
     * @return up to all of them
     */
    int stale(LineBuffer into, int base, long from, long oldest);

    /**
     * Accounts for lines kept.
     *
     * @param dropped how many of those taken were stale
     * @param kept how many are delivered
     * @return how many lines are missing between the ones delivered before and these, as far as numbers tell it
     */
    long deliver(int dropped, int kept);

    /**
     * Accounts for a jump ahead.
     *
     * @param from the position before
     * @param to the position after
     * @return how many lines were lost, as far as positions tell it
     */
    long jump(long from, long to);

    /**
     * Where a reader goes on that was overrun.
     *
     * @param oldest the oldest whole record
     * @param ahead how far ahead of it is wished
     * @param tail what is published, as it was last seen
     * @return the start of a record: {@code oldest}, or as far ahead of it as that can be told, up to the tail
     */
    long resume(long oldest, long ahead, long tail);

    /**
     * Says which line comes next: what is missing from there on was lost.
     *
     * @param number the line's, {@link RecordFormat#UNKNOWN} for whatever comes
     */
    void expect(long number);

    /** Whether the record at a position has an impossible header; where to go on if so, or the position itself. */
    long skipDamaged(ByteBuffer buffer, long position, long tail);

    /** The length of the sound record at a position. */
    int length(ByteBuffer buffer, long position);
}
