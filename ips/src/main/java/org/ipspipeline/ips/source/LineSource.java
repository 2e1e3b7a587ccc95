package org.ipspipeline.ips.source;

import java.io.IOException;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;

/**
 * Something that lines come from. Filled from by one thread at a time; {@link #status()} may be asked by any.
 */
public interface LineSource extends AutoCloseable {

    /**
     * Puts the lines that have come into an empty buffer, and does not wait for more.
     *
     * @param into gets the lines
     * @return whether there were any
     * @throws IOException if the source cannot go on; what it can survive it counts and tells in its status instead
     */
    boolean fill(LineBuffer into) throws IOException;

    /**
     * Tells that fills which gave lines have been handled, so that their lines need not be given again after a restart. Called by
     * the thread that fills, or after the last fill.
     *
     * @param batches how many more of them, in their order
     */
    default void handled(long batches) {}

    /** Whether it rings the {@link Doorbell} that it was opened with when there is something, so that nobody needs to look often. */
    default boolean rings() {
        return false;
    }

    /** Whether nothing will ever come again. */
    default boolean isExhausted() {
        return false;
    }

    /** What it has done and how far behind it is. */
    SourceStatus status();

    /** What it reads at present, such as the paths of files. */
    default List<String> members() {
        return List.of(status().name());
    }

    /** Lets go of files, sockets and processes. */
    @Override
    void close() throws IOException;
}
