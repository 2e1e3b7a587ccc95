package org.ipspipeline.ipc.layout;

/**
 * A reader's place in one segment. Written by the reader.
 *
 * <pre>
 *    0 +---------------------------------------------------------------+
 *      |  position (u64): everything before it is read                 |
 *    8 +---------------------------------------------------------------+
 *      |  lines that this reader lost here (u64)                       |
 *   16 +---------------------------------------------------------------+
 *      |  records with an impossible length that it skipped (u64)      |
 *   24 +---------------------------------------------------------------+
 *      |  lines read (u64)                                             |
 *   32 +-- ... to 128 -------------------------------------------------+
 * </pre>
 */
public final class ReaderCursor {

    public static final int POSITION_OFFSET = 0;
    public static final int LOST_OFFSET = 8;
    public static final int DAMAGED_OFFSET = 16;
    public static final int READ_OFFSET = 24;

    private ReaderCursor() {}
}
