package org.ipspipeline.ips.enforce.gate;

/**
 * The layout of a gate's file. Words are of 64 bits in the machine's byte order; the file never leaves the machine.
 *
 * <pre>
 *       0  +------------------------------+
 *          | magic "IPSGATE1"             |
 *       8  | version                      |
 *      16  | number of buckets            |
 *      24  | key of the hash, first half  |
 *      32  | key of the hash, second half |
 *      64  | lengths in use, 0 to 63      |  a bit for each length of a banned prefix but 128;
 *      72  | lengths in use, 64 to 127    |  set before the first such ban, never cleared
 *          +------------------------------+
 *    4096  | bucket 0                     |  of four entries of four words:
 *          |   lower half of the prefix   |
 *          |   upper half of the prefix   |
 *          |   until, nanoseconds         |  0: free; otherwise written last
 *          |   changes (56) | length (8)  |  of the prefix; changes whenever the entry changes hands, before all else
 *    4224  | bucket 1                     |
 *          | ...                          |
 *          +------------------------------+
 * </pre>
 */
final class GateDescriptor {

    /** "IPSGATE1" in the order of a little-endian word. */
    static final long MAGIC = 0x3145_5441_4753_5049L;

    static final long VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int BUCKETS_OFFSET = 16;
    static final int KEY0_OFFSET = 24;
    static final int KEY1_OFFSET = 32;
    static final int LENGTHS_OFFSET = 64;
    static final int HEADER_BYTES = 4096;

    static final int WAYS = 4;
    static final int ENTRY_BYTES = 32;
    static final int BUCKET_BYTES = WAYS * ENTRY_BYTES;
    static final int LOW_OFFSET = 0;
    static final int HIGH_OFFSET = 8;
    static final int UNTIL_OFFSET = 16;
    static final int TAG_OFFSET = 24;

    /** A mapping ends at 2 GiB. */
    static final int MAX_BUCKETS = (Integer.MAX_VALUE - HEADER_BYTES) / BUCKET_BYTES;

    private GateDescriptor() {}

    static long fileBytes(long buckets) {
        return HEADER_BYTES + buckets * BUCKET_BYTES;
    }
}
