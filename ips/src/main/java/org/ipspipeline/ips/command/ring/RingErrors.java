package org.ipspipeline.ips.command.ring;

import java.io.IOException;
import org.ipspipeline.ipc.RingException;
import org.ipspipeline.ips.command.UsageException;

/** Says of a ring that cannot be used what a person can do about it. */
final class RingErrors {

    /** What a command does with a ring. */
    @FunctionalInterface
    interface Work {
        int run() throws IOException, InterruptedException;
    }

    private RingErrors() {}

    /**
     * Does a command's work.
     *
     * @param work returns the exit code
     * @return that exit code
     * @throws UsageException where another ring, path or option is the mend
     */
    static int explain(Work work) throws IOException, InterruptedException {
        try {
            return work.run();
        } catch (RingException refused) {
            final String mend = switch (refused.code()) {
                case NOT_FOUND -> "; make one with 'ips-pipeline ring create', or start its server";
                case NO_FREE_SLOT -> "; 'ips-pipeline ring stat' tells whose they are";
                case SEGMENT_CLAIMED -> "; 'ips-pipeline ring stat' tells who writes where";
                default -> "";
            };
            switch (refused.code()) {
                case DAMAGED, BUSY, EVICTED, CLOSED, BUFFER_TOO_SMALL -> throw refused;
                default -> throw new UsageException(refused.getMessage() + mend, refused);
            }
        }
    }
}
