package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipspipeline.ipc.layout.Words;
import org.ipspipeline.ips.source.reading.ReadableFile;

/**
 * What a file's content is known by up to a position: its first bytes and those just in front of the position. A file that
 * has the same fingerprint at the position is the file that was read so far, or a copy of it.
 *
 * @param position the position in bytes
 * @param headHash hash of the first {@value #HEAD} bytes, or of as many as there are in front of the position
 * @param tailHash hash of the {@value #TAIL} bytes in front of the position, or of as many as there are
 */
public record Fingerprint(long position, long headHash, long tailHash) {

    static final int HEAD = 256;
    static final int TAIL = 64;
    /** Of a file of which nothing was read: every file has it. */
    static final Fingerprint NOTHING_READ = new Fingerprint(0, 0, 0);

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** A buffer for {@link #of}: big enough for either part. */
    static ByteBuffer scratch() {
        return ByteBuffer.allocateDirect(HEAD + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Takes a file's fingerprint.
     *
     * @param file to read
     * @param position from 0
     * @param scratch {@link #scratch()}
     * @return the fingerprint, or {@link #NOTHING_READ} at 0; another than any real one if the file is shorter
     */
    static Fingerprint of(ReadableFile file, long position, ByteBuffer scratch) throws IOException {
        if (position == 0) {
            return NOTHING_READ;
        }
        return new Fingerprint(
                position,
                headHash(file, position, scratch),
                hashOf(file, position - tailLength(position), tailLength(position), scratch));
    }

    /**
     * Whether a file has this content.
     *
     * @param file to read
     * @param scratch {@link #scratch()}
     */
    boolean matches(ReadableFile file, ByteBuffer scratch) throws IOException {
        return position == 0 || (file.size() >= position && equals(of(file, position, scratch)));
    }

    /** Hashes the first bytes of a file, as far as they are in front of a position. */
    static long headHash(ReadableFile file, long position, ByteBuffer scratch) throws IOException {
        return hashOf(file, 0, (int) Math.min(HEAD, position), scratch);
    }

    /** How many bytes in front of a position its tail is made of. */
    static int tailLength(long position) {
        return (int) Math.min(TAIL, position);
    }

    /**
     * Hashes bytes of a buffer.
     *
     * @param bytes with at least 7 readable bytes behind those hashed
     * @param offset the first
     * @param length how many
     */
    static long hash(ByteBuffer bytes, int offset, int length) {
        long hash = length;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            hash = mix(hash, Words.getLong(bytes, offset + at));
        }
        final int rest = length - at;
        if (rest > 0) {
            hash = mix(hash, Words.getLong(bytes, offset + at) & ((1L << (rest * Byte.SIZE)) - 1));
        }
        return hash;
    }

    private static long hashOf(ReadableFile file, long from, int length, ByteBuffer scratch) throws IOException {
        int got = 0;
        while (got < length) {
            final int more = file.read(scratch, got, length - got, from + got);
            if (more == 0) {
                // Shorter than the position: hashed as it is, length included, so that it equals no whole one.
                break;
            }
            got += more;
        }
        return hash(scratch, 0, got);
    }

    private static long mix(long hash, long word) {
        final long product = (hash ^ word) * MULTIPLIER;
        return product ^ (product >>> 32);
    }
}
