package org.ipspipeline.ipc.layout;

/**
 * A reader's slot: who reads, and whether writers wait for it. The process that holds the slot's byte in the lock file
 * owns it.
 *
 * <pre>
 *    0 +---------------------------------------------------------------+
 *      |  state (u64): generation in the upper 56 bits, code in the    |
 *      |  lower 8: 0 free, 1 active, 2 evicted                         |
 *    8 +---------------------------------------------------------------+
 *      |  pid (u64)                                                    |
 *   16 +---------------------------------------------------------------+
 *      |  start time (u64, clock ticks of boot)                        |
 *   24 +-------------------------------+-------------------------------+
 *      |  wake-ups (u32, the futex)    |  0                            |
 *   32 +-- ... to 128 -------------------------------------------------+
 * </pre>
 */
public final class ReaderSlot {

    public static final int STATE_OFFSET = 0;
    public static final int PID_OFFSET = 8;
    public static final int START_OFFSET = 16;
    public static final int FUTEX_OFFSET = 24;

    /** Nobody reads here; writers ignore the slot's cursors. */
    public static final int FREE = 0;
    /** A reader's: writers of a lossless ring wait for its cursors. */
    public static final int ACTIVE = 1;
    /** A reader was stuck for too long: writers ignore its cursors, and it must join again. */
    public static final int EVICTED = 2;

    private static final int CODE_BITS = 8;

    private ReaderSlot() {}

    /** The state word of a generation. */
    public static long state(long generation, int code) {
        return generation << CODE_BITS | code;
    }

    /** The code in a state word. */
    public static int code(long state) {
        return (int) (state & (1 << CODE_BITS) - 1);
    }

    /** The generation in a state word. */
    public static long generation(long state) {
        return state >>> CODE_BITS;
    }
}
