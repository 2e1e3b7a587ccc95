package org.ipspipeline.ips.source.file;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.layout.Words;

/**
 * A record of the position file: one file of one followed path. All words are little-endian.
 *
 * <pre>
 *   0    state: 0 free, 1 in use
 *   8    device   16  inode
 *   24   given: the position up to which lines went to the pipeline
 *   32   handled, first copy:  serial, position, head hash, tail hash, flags, check
 *   80   handled, second copy: the same
 *   128  bytes of the path, then the path
 *   496  head hash and tail hash of what was given
 *   512  the next record
 * </pre>
 *
 * <p>The two copies are written in turn, so that whenever the process is killed one of them is whole: the one with a right
 * check and the higher serial counts. What was given has no second copy: killed between its stores, a process leaves a
 * fingerprint that no file has, and lines that it had just given are given again without being counted as repeated.
 */
final class PositionRecord {

    static final int SIZE = 512;

    private static final int STATE = 0;
    private static final int DEVICE = 8;
    private static final int INODE = 16;
    private static final int GIVEN = 24;
    private static final int COPIES = 32;
    private static final int COPY_SIZE = 48;
    private static final int PATH_LENGTH = 128;
    private static final int PATH = 132;
    private static final int GIVEN_HEAD = 496;
    private static final int GIVEN_TAIL = 504;

    /** The longest path that fits, in bytes. */
    static final int MOST_PATH_BYTES = GIVEN_HEAD - PATH;

    static final long SKIPPING = 1;
    static final long FINISHED = 2;
    static final long DRAINED = 4;

    private static final long IN_USE = 1;
    private static final long SEED = 0x1B5C_0F2E_9D37_A6E1L;

    private PositionRecord() {}

    static boolean isInUse(ByteBuffer memory, int at) {
        return Words.getLong(memory, at + STATE) == IN_USE;
    }

    static void free(ByteBuffer memory, int at) {
        Words.putLongRelease(memory, at + STATE, 0);
    }

    /** Puts a record down for a file of which nothing was given yet. */
    static void create(ByteBuffer memory, int at, byte[] path, long device, long inode) {
        memory.put(at, new byte[SIZE]);
        Words.putLong(memory, at + DEVICE, device);
        Words.putLong(memory, at + INODE, inode);
        Words.putInt(memory, at + PATH_LENGTH, path.length);
        memory.put(at + PATH, path);
        writeHandled(memory, at, 0, 0, 0, 0);
        Words.putLongRelease(memory, at + STATE, IN_USE);
    }

    static void writeGiven(ByteBuffer memory, int at, long position, long headHash, long tailHash) {
        Words.putLong(memory, at + GIVEN_HEAD, headHash);
        Words.putLong(memory, at + GIVEN_TAIL, tailHash);
        Words.putLongRelease(memory, at + GIVEN, position);
    }

    static void writeHandled(ByteBuffer memory, int at, long position, long headHash, long tailHash, long flags) {
        final int newest = newest(memory, at);
        final int copy = newest == 0 ? 1 : 0;
        final long serial = newest < 0 ? 1 : Words.getLong(memory, copyAt(at, newest)) + 1;
        final int to = copyAt(at, copy);
        Words.putLong(memory, to, serial);
        Words.putLong(memory, to + 8, position);
        Words.putLong(memory, to + 16, headHash);
        Words.putLong(memory, to + 24, tailHash);
        Words.putLong(memory, to + 32, flags);
        Words.putLongRelease(memory, to + 40, check(memory, to));
    }

    static byte[] path(ByteBuffer memory, int at) {
        final int length = Math.max(0, Math.min(MOST_PATH_BYTES, Words.getInt(memory, at + PATH_LENGTH)));
        final byte[] path = new byte[length];
        memory.get(at + PATH, path);
        return path;
    }

    static long device(ByteBuffer memory, int at) {
        return Words.getLong(memory, at + DEVICE);
    }

    static long inode(ByteBuffer memory, int at) {
        return Words.getLong(memory, at + INODE);
    }

    static Fingerprint given(ByteBuffer memory, int at) {
        return new Fingerprint(
                Words.getLong(memory, at + GIVEN),
                Words.getLong(memory, at + GIVEN_HEAD),
                Words.getLong(memory, at + GIVEN_TAIL));
    }

    /** Whether what was handled can be told: not if both copies are damaged. */
    static boolean isReadable(ByteBuffer memory, int at) {
        return newest(memory, at) >= 0;
    }

    static Fingerprint handled(ByteBuffer memory, int at) {
        final int from = copyAt(at, newest(memory, at));
        return new Fingerprint(
                Words.getLong(memory, from + 8), Words.getLong(memory, from + 16), Words.getLong(memory, from + 24));
    }

    static long flags(ByteBuffer memory, int at) {
        return Words.getLong(memory, copyAt(at, newest(memory, at)) + 32);
    }

    private static int copyAt(int at, int copy) {
        return at + COPIES + copy * COPY_SIZE;
    }

    /** The number of the copy that counts, or -1. */
    private static int newest(ByteBuffer memory, int at) {
        final long first = serial(memory, copyAt(at, 0));
        final long second = serial(memory, copyAt(at, 1));
        if (first <= 0 && second <= 0) {
            return -1;
        }
        return first > second ? 0 : 1;
    }

    private static long serial(ByteBuffer memory, int copy) {
        final long serial = Words.getLong(memory, copy);
        return serial > 0 && Words.getLong(memory, copy + 40) == check(memory, copy) ? serial : -1;
    }

    private static long check(ByteBuffer memory, int copy) {
        return Fingerprint.hash(memory, copy, 40) ^ SEED;
    }
}
