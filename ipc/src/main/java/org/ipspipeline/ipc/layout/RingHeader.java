package org.ipspipeline.ipc.layout;

/**
 * The header at the start of the data. All of it is constant once the ring is made; the version is stored last.
 *
 * <pre>
 *    0 +-------------------------------+-------------------------------+
 *      |                    magic "IPSRING1" (u64)                     |
 *    8 +-------------------------------+-------------------------------+
 *      | ABI version (u32, last)       | CRC-32C of 16 .. table end    |
 *   16 +-------------------------------+-------------------------------+
 *      |                  size of the data (u64, bytes)                |
 *   24 +---------------------------------------------------------------+
 *      |                size of the cursors (u64, bytes)               |
 *   32 +---------------------------------------------------------------+
 *      |                     ring id (u64, random)                     |
 *   40 +---------------------------------------------------------------+
 *      |                      creator's pid (u64)                      |
 *   48 +---------------------------------------------------------------+
 *      |         creator's start time (u64, clock ticks of boot)       |
 *   56 +-------------------------------+-------------------------------+
 *      | segments (u32)                | reader slots (u32)            |
 *   64 +-------------------------------+-------------------------------+
 *      | record kind (u32)             | flags (u32)                   |
 *   72 +-------------------------------+-------------------------------+
 *      | line size (u32)               | slot stride (u32)             |
 *   80 +-------------------------------+-------------------------------+
 *      | page size (u32)               | backing (u32)                 |
 *   88 +-------------------------------+-------------------------------+
 *      | stuck-reader policy (u32)     | 0                             |
 *   96 +-------------------------------+-------------------------------+
 *      |                stuck-reader timeout (u64, ns)                 |
 *  104 +---------------------------------------------------------------+
 *      |                 creation time (u64, Unix ms)                  |
 *  112 +---------------------------------------------------------------+
 *      |                            0 ...                              |
 *  256 +---------------------------------------------------------------+
 *      |         segment table: {@link SegmentEntry} per segment       |
 *      +---------------------------------------------------------------+
 * </pre>
 */
public final class RingHeader {

    /** {@code "IPSRING1"} as the bytes of a little-endian word. */
    public static final long MAGIC = 0x31474E4952535049L;

    public static final int ABI_VERSION = 1;

    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 8;
    public static final int CHECKSUM_OFFSET = 12;
    public static final int DATA_SIZE_OFFSET = 16;
    public static final int CURSORS_SIZE_OFFSET = 24;
    public static final int RING_ID_OFFSET = 32;
    public static final int CREATOR_PID_OFFSET = 40;
    public static final int CREATOR_START_OFFSET = 48;
    public static final int SEGMENTS_OFFSET = 56;
    public static final int READERS_OFFSET = 60;
    public static final int RECORD_KIND_OFFSET = 64;
    public static final int FLAGS_OFFSET = 68;
    public static final int LINE_SIZE_OFFSET = 72;
    public static final int SLOT_STRIDE_OFFSET = 76;
    public static final int PAGE_SIZE_OFFSET = 80;
    public static final int BACKING_OFFSET = 84;
    public static final int STUCK_POLICY_OFFSET = 88;
    public static final int STUCK_TIMEOUT_OFFSET = 96;
    public static final int CREATED_OFFSET = 104;
    public static final int TABLE_OFFSET = 256;

    /** Where the checksum starts: everything constant but magic, version and the checksum itself. */
    public static final int CHECKSUM_START = DATA_SIZE_OFFSET;

    /** Record kind: every record in a slot of one stride. */
    public static final int KIND_FIXED = 0;
    /** Record kind: records of their own length, one after the other. */
    public static final int KIND_VARIABLE = 1;

    /** Flag: a writer never waits, the oldest lines are overwritten. */
    public static final int FLAG_OVERWRITE = 1;
    /** Flag: the ring stays when the last process leaves it. */
    public static final int FLAG_KEEP = 2;

    /** All flags that this version knows. */
    public static final int KNOWN_FLAGS = FLAG_OVERWRITE | FLAG_KEEP;

    private RingHeader() {}

    /**
     * The size of header and segment table, which is also where the checksum ends.
     *
     * @param segments the number of segments
     * @return bytes
     */
    public static int size(int segments) {
        return TABLE_OFFSET + segments * SegmentEntry.SIZE;
    }
}
