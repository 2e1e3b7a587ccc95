package org.ipspipeline.ipc;

import org.jspecify.annotations.Nullable;

/**
 * What the writers of a lossless ring do about a reader that lives but has not moved for the ring's timeout while it
 * holds a full segment back. Readers that died are reaped in any case.
 */
public enum StuckReader {
    /** Wait for it: every line reaches every reader. */
    BLOCK(0),
    /** Take its place from it: its next read ends in {@link RingException.Code#EVICTED}. Counted. */
    EVICT(1),
    /** Overwrite what it has not read: it counts the lines as lost and goes on at the oldest that it can still get. Counted. */
    OVERWRITE(2);

    private final int code;

    StuckReader(int code) {
        this.code = code;
    }

    /** The number in a ring's header. */
    int code() {
        return code;
    }

    /** The policy of a number, null if there is none. */
    static @Nullable StuckReader of(int code) {
        for (StuckReader policy : values()) {
            if (policy.code == code) {
                return policy;
            }
        }
        return null;
    }
}
