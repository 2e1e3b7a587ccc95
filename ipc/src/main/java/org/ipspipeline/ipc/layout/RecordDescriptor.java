package org.ipspipeline.ipc.layout;

/**
 * A record: one line with its length and stamp. All records start at a multiple of 8.
 *
 * <pre>
 *   fixed slot                                     variable record
 *    0 +---------------+---------------+           0 +---------------+---------------+
 *      | length (u32)  | stamp (u32)   |             | length (u32)  | stamp (u32)   |
 *    8 +---------------+---------------+           8 +---------------+---------------+
 *      | payload, padded to the slot's |             | number of the line (u64)      |
 *      | stride, a multiple of 8       |          16 +-------------------------------+
 *      +-------------------------------+             | payload, padded to 8          |
 *                                                    +-------------------------------+
 * </pre>
 *
 * <p>A variable record never wraps: where it does not fit before the ring's end, a padding record (only its first word,
 * of length {@link #PADDING}) fills the rest and the record starts at the ring's beginning.
 *
 * <p>The stamp is {@code CLOCK_MONOTONIC} in microseconds modulo 2^32, 0 for none.
 */
public final class RecordDescriptor {

    public static final int LENGTH_OFFSET = 0;
    public static final int STAMP_OFFSET = 4;
    public static final int NUMBER_OFFSET = 8;

    public static final int FIXED_HEADER_SIZE = 8;
    public static final int VARIABLE_HEADER_SIZE = 16;

    /** The length (as a signed int) that marks padding up to the ring's end. */
    public static final int PADDING = -1;

    public static final int ALIGNMENT = 8;

    private RecordDescriptor() {}

    /**
     * The stride of fixed slots.
     *
     * @param lineSize the longest payload
     * @return bytes from one slot to the next
     */
    public static int stride(int lineSize) {
        return FIXED_HEADER_SIZE + align(lineSize);
    }

    /**
     * The size of a variable record.
     *
     * @param length the payload's length
     * @return bytes, header and padding included
     */
    public static int variableSize(int length) {
        return VARIABLE_HEADER_SIZE + align(length);
    }

    /**
     * A record's first word.
     *
     * @param length the payload's length
     * @param stamp its time stamp
     * @return length in the low, stamp in the high half
     */
    public static long header(int length, int stamp) {
        return Integer.toUnsignedLong(length) | (long) stamp << Integer.SIZE;
    }

    /** The length in a record's first word. */
    public static int length(long header) {
        return (int) header;
    }

    /** The stamp in a record's first word. */
    public static int stamp(long header) {
        return (int) (header >>> Integer.SIZE);
    }

    private static int align(int length) {
        return length + (ALIGNMENT - 1) & -ALIGNMENT;
    }
}
