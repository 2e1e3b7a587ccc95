package org.ipspipeline.ipc;

import java.time.Duration;

/**
 * What a writer's calls do when a reader of a lossless ring is a whole segment behind.
 *
 * @param action what to do
 * @param timeout for how long to wait; zero unless the action is to wait
 */
public record FullPolicy(Action action, Duration timeout) {

    /** What to do. */
    public enum Action {
        /** Return {@link SegmentWriter#FULL}: the caller decides. */
        RETURN,
        /** Spin, then yield, then sleep until there is room; return {@link SegmentWriter#FULL} after the timeout. */
        WAIT,
        /** Drop the line, count it, and return {@link SegmentWriter#DROPPED}. */
        DROP
    }

    /** Checks that only waiting has a timeout. */
    public FullPolicy {
        if (timeout.isNegative() || (action != Action.WAIT && !timeout.isZero())) {
            throw new IllegalArgumentException(action + " with a timeout of " + timeout);
        }
    }

    /** Returns at once and leaves the decision to the caller. */
    public static FullPolicy giveBack() {
        return new FullPolicy(Action.RETURN, Duration.ZERO);
    }

    /**
     * Waits for readers.
     *
     * @param timeout for how long at most
     * @return the policy
     */
    public static FullPolicy waitUpTo(Duration timeout) {
        return new FullPolicy(Action.WAIT, timeout);
    }

    /** Drops lines and counts them. */
    public static FullPolicy drop() {
        return new FullPolicy(Action.DROP, Duration.ZERO);
    }
}
