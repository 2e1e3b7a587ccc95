package org.ipspipeline.ipc.layout;

/**
 * The start of the cursors file, and where the blocks after it stand.
 *
 * <pre>
 *    0 +---------------------------------------------------------------+
 *      |                    magic "IPSCURS1" (u64)                     |
 *    8 +-------------------------------+-------------------------------+
 *      | ABI version (u32)             | 0                             |
 *   16 +-------------------------------+-------------------------------+
 *      |              ring id (u64), as in the data header             |
 *   24 +-------------------------------+-------------------------------+
 *      | segments (u32)                | reader slots (u32)            |
 *   32 +-- ... --------------------------------------------------------+
 *  128 |  joins (u64): raised by every reader that joins               |
 *      +-- ... --------------------------------------------------------+
 *  256 |  {@link ReaderSlot} 0 .. readers-1, 128 bytes each            |
 *      +---------------------------------------------------------------+
 *      |  sleepers (u64) of segment 0 .. segments-1, 128 bytes each    |
 *      +---------------------------------------------------------------+
 *      |  {@link ReaderCursor} of segment 0: slot 0 .. readers-1,      |
 *      |  of segment 1: ..., 128 bytes each                            |
 *      +---------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code sleepers} has a bit for each reader slot with a thread that sleeps until a line comes to that segment.
 */
public final class CursorsHeader {

    /** {@code "IPSCURS1"} as the bytes of a little-endian word. */
    public static final long MAGIC = 0x3153525543535049L;

    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 8;
    public static final int RING_ID_OFFSET = 16;
    public static final int SEGMENTS_OFFSET = 24;
    public static final int READERS_OFFSET = 28;
    public static final int JOINS_OFFSET = 128;
    public static final int SIZE = 256;

    /** What one cursor, slot or other word that processes share has for itself. */
    public static final int LINE = 128;

    private CursorsHeader() {}

    /** Where a reader's slot stands. */
    public static int slotOffset(int reader) {
        return SIZE + reader * LINE;
    }

    /** Where a segment's sleepers stand. */
    public static int sleepersOffset(int readers, int segment) {
        return SIZE + (readers + segment) * LINE;
    }

    /** Where a reader's cursor in a segment stands. */
    public static int cursorOffset(int segments, int readers, int segment, int reader) {
        return SIZE + (readers + segments + segment * readers + reader) * LINE;
    }

    /** The size of the whole, before it is rounded up to pages. */
    public static long size(int segments, int readers) {
        return SIZE + (readers + segments + (long) segments * readers) * LINE;
    }
}
