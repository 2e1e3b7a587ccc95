package org.ipspipeline.ips.source.stream;

import java.io.Closeable;
import java.io.IOException;

/** The part of a source that waits for lines on a thread of its own. Made for one {@link FedSource}. */
public interface Feeder extends Closeable {

    /**
     * Hands lines over until none can come any more. Called once, on the source's thread.
     *
     * @throws IOException if it cannot go on
     * @throws InterruptedException if the thread is asked to end
     */
    void feed() throws IOException, InterruptedException;

    /**
     * Tells that lines have been handled, for feeders that remember where they were. Called by the thread that fills from the source.
     *
     * @param lines how many of those handed over, from the first on
     */
    default void handled(long lines) {}

    /** One clause: what it does at present, or what keeps it from it. May be asked by any thread. */
    String state();

    /** Has {@link #feed()} end soon, and lets go of what it holds. The thread is interrupted before. */
    @Override
    void close() throws IOException;
}
