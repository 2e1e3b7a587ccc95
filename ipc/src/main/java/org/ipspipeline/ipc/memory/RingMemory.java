package org.ipspipeline.ipc.memory;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The memory of a ring: its data, which readers map read-only, and its cursors. Buffers are little-endian and stay valid
 * for as long as somebody refers to them.
 */
public interface RingMemory {

    /**
     * Maps a part of the data.
     *
     * @param offset a multiple of the page size
     * @param size bytes
     * @param writable whether to write; otherwise a store ends in a {@code ReadOnlyBufferException}, and one in native
     *     code in a signal
     * @return the part
     * @throws IOException if it cannot be mapped
     */
    ByteBuffer mapData(long offset, int size, boolean writable) throws IOException;

    /**
     * Maps the cursors.
     *
     * @param size bytes
     * @param writable whether to write
     * @return all of them
     * @throws IOException if they cannot be mapped
     */
    ByteBuffer mapCursors(int size, boolean writable) throws IOException;

    /**
     * The bytes that the data has now.
     *
     * @return its size
     * @throws IOException if it cannot be asked
     */
    long dataSize() throws IOException;

    /** The size of the pages that back the data. */
    int pageSize();

    /** The number that stands for this kind of memory in a ring's header. */
    int kind();

    /**
     * Removes the memory from sight: nobody can attach any more, who is attached keeps it.
     *
     * @throws IOException if it cannot be removed
     */
    void remove() throws IOException;
}
