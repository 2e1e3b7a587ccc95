package org.ipspipeline.ips.command.ring;

import java.time.Duration;
import org.ipspipeline.ipc.FullPolicy;

/** What {@code ring write} does when a reader is a whole segment behind. */
enum WhenFull {
    /** Wait for the reader, as long as it takes. */
    WAIT,
    /** Drop the line; the ring counts it. */
    DROP,
    /** End with exit code 1. */
    FAIL;

    /** How long a writer waits before it looks whether it is to end. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    FullPolicy policy() {
        return switch (this) {
            case WAIT -> FullPolicy.waitUpTo(PATIENCE);
            case DROP -> FullPolicy.drop();
            case FAIL -> FullPolicy.giveBack();
        };
    }
}
