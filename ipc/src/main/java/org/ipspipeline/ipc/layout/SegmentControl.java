package org.ipspipeline.ipc.layout;

/**
 * The control block at the start of a segment's region, written by the segment's one writer only. Each of its four lines
 * has 128 bytes for itself, because the hardware fetches cache lines in pairs. Records follow.
 *
 * <pre>
 *    0 +---------------------------------------------------------------+
 *      |  tail (u64): everything before it is published                |
 *    8 +---------------------------------------------------------------+
 *      |  0                                                            |
 *   16 +---------------------------------------------------------------+
 *      |  journal A: tail (u64), number of the next line (u64)         |
 *   32 +---------------------------------------------------------------+
 *      |  journal B: tail (u64), number of the next line (u64)         |
 *   48 +-- ... --------------------------------------------------------+
 *  128 |  intent (u64): the writer may be writing anywhere before it   |
 *  136 |  pledge (u64): where the intent may go while readers join     |
 *      +-- ... --------------------------------------------------------+
 *  256 |  epoch (u64): how often the segment was claimed               |
 *  264 |  writer's pid (u64), 0 when nobody claims the segment         |
 *  272 |  writer's start time (u64)                                    |
 *  280 |  writer's abilities (u32), 0 (u32)                            |
 *      +-- ... --------------------------------------------------------+
 *  384 |  counters (u64 each): refused as too long, dropped when full, |
 *      |  given up while nobody read, readers evicted,                 |
 *      |  times a stuck reader was overrun                             |
 *      +-- ... --------------------------------------------------------+
 *  512 |  records                                                      |
 * </pre>
 *
 * <p>Positions (tail, intent, readers' cursors) are 64-bit counts that never wrap: of slots in a ring of fixed slots, of
 * bytes in one of variable records. The invariant that all reading rests on: <b>a record at position p is whole if
 * {@code intent - capacity <= p < tail}, with {@code intent} read after the record</b>. {@code intent - capacity} is
 * always the start of a record.
 *
 * <p>The journal gives a variable ring the number of its next line after a crash: an entry is written in turn before the
 * tail, and the one whose tail equals the tail is valid. In a ring of fixed slots the position is the number.
 */
public final class SegmentControl {

    public static final int TAIL_OFFSET = 0;
    public static final int JOURNAL_OFFSET = 16;
    public static final int JOURNAL_ENTRY_SIZE = 16;
    public static final int INTENT_OFFSET = 128;
    public static final int PLEDGE_OFFSET = 136;
    public static final int EPOCH_OFFSET = 256;
    public static final int WRITER_PID_OFFSET = 264;
    public static final int WRITER_START_OFFSET = 272;
    public static final int WRITER_ABILITIES_OFFSET = 280;
    public static final int TOO_LONG_OFFSET = 384;
    public static final int DROPPED_OFFSET = 392;
    public static final int UNREAD_OFFSET = 400;
    public static final int EVICTED_OFFSET = 408;
    public static final int OVERRUN_OFFSET = 416;
    public static final int SIZE = 512;

    /** A writer's ability: it wakes readers that sleep on their futex. */
    public static final int ABILITY_WAKES = 1;

    private SegmentControl() {}
}
