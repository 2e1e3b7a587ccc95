package org.ipspipeline.ips.source.reading;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file that is read at any position, while others write to it, cut it back, rename or delete it. It stays the same
 * file whatever becomes of its name. Not thread-safe.
 */
public interface ReadableFile extends Closeable {

    /**
     * Reads what is there, and does not wait for more.
     *
     * @param into gets the bytes; a direct buffer, whose position and limit are neither used nor kept
     * @param offset where in it
     * @param length how many bytes at most, from 1
     * @param position where in the file, from 0
     * @return how many bytes were read; 0 at or behind the file's end
     */
    int read(ByteBuffer into, int offset, int length, long position) throws IOException;

    /** The file's length at this moment. */
    long size() throws IOException;

    /** Which file this is. */
    FileIdentity identity();
}
