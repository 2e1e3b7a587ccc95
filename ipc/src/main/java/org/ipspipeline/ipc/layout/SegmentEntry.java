package org.ipspipeline.ipc.layout;

/**
 * An entry of the segment table in the {@link RingHeader}.
 *
 * <pre>
 *    0 +---------------------------------------------------------------+
 *      |        offset of the segment's region in the data (u64)       |
 *    8 +---------------------------------------------------------------+
 *      |        size of the region, a multiple of the page size (u64)  |
 *   16 +---------------------------------------------------------------+
 *      |        capacity, a power of two: slots, or bytes (u64)        |
 *   24 +---------------------------------------------------------------+
 *      |                              0                                |
 *   32 +---------------------------------------------------------------+
 * </pre>
 */
public final class SegmentEntry {

    public static final int SIZE = 32;
    public static final int REGION_OFFSET = 0;
    public static final int REGION_SIZE_OFFSET = 8;
    public static final int CAPACITY_OFFSET = 16;

    private SegmentEntry() {}

    /**
     * Where the entry of a segment stands.
     *
     * @param segment the segment's index
     * @return the offset in the header
     */
    public static int offset(int segment) {
        return RingHeader.TABLE_OFFSET + segment * SIZE;
    }
}
