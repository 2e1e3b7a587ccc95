package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** A program that follows a log and bans, with bans that nobody enforces. */
interface Follower extends AutoCloseable {

    /** The process that does the work, or that started those which do. */
    long pid();

    /** Whom it has banned so far. */
    Set<String> banned() throws IOException;

    @Override
    void close();

    /** A program that can be started. */
    interface Kind {

        /** For the table. */
        String name();

        /** What this machine lacks for it; empty if nothing. */
        String missing();

        /**
         * Starts it on a log that is empty.
         *
         * @param directory for its files
         * @param log to follow
         * @return once it follows
         */
        Follower start(Path directory, Path log) throws IOException, InterruptedException;
    }
}
