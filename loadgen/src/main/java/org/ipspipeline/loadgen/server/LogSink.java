package org.ipspipeline.loadgen.server;

import java.io.Closeable;
import org.ipspipeline.ipc.LineBuffer;

/** Where the lines of one receiving thread go. Never waits and never throws: what is not taken is counted as lost. */
interface LogSink extends Closeable {

    /**
     * Writes a batch.
     *
     * @param lines at least one
     * @return how many lines were taken; the others are lost
     */
    int write(LineBuffer lines);

    /** The count of lines that {@link #write} took. */
    ServerCounter written();

    /** The count of lines that it did not take. */
    ServerCounter refused();
}
