package org.ipspipeline.pipeline.stage;

import java.util.List;

/**
 * A worker that takes too long.
 *
 * @param worker its thread's name
 * @param step the stage that it is in, or {@code source} when it polls
 * @param source the number of the source that it polls, or whose event it handles
 * @param sequence the event's number within that source
 * @param nanos for how long it has been there when it was found, in ns
 * @param stack what it is doing, innermost call first
 */
public record StuckWorker(
        String worker, String step, int source, long sequence, long nanos, List<StackTraceElement> stack) {

    /** Copies the stack. */
    public StuckWorker {
        stack = List.copyOf(stack);
    }

    /** One line that says all but the stack. */
    public String summary() {
        return "worker " + worker + " has been in " + step + " for " + nanos / 1_000_000 + " ms, on event " + sequence
                + " of source " + source;
    }
}
