package org.ipspipeline.pipeline.stage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event that a stage threw on, and of the stage. Whatever the policy, the failure is counted, no later
 * stage sees the event, no other event is lost, and no other stage waits for it. An error of the virtual machine, such as
 * memory that has run out, stops the pipeline under every policy.
 *
 * @param <E> the event
 */
public final class ErrorPolicy<E> {

    private final boolean stopping;
    private final @Nullable DeadLetterSink<E> deadLetters;
    private final int failuresToRestart;

    private ErrorPolicy(boolean stopping, @Nullable DeadLetterSink<E> deadLetters, int failuresToRestart) {
        this.stopping = stopping;
        this.deadLetters = deadLetters;
        this.failuresToRestart = failuresToRestart;
    }

    /** Counts the event as failed and goes on with the next. */
    public static <E> ErrorPolicy<E> skip() {
        return new ErrorPolicy<>(false, null, 0);
    }

    /** Stops the whole pipeline at the first failure; what its workers have not begun is counted as abandoned. */
    public static <E> ErrorPolicy<E> stop() {
        return new ErrorPolicy<>(true, null, 0);
    }

    /**
     * Gives the event to a sink, and goes on with the next.
     *
     * @param sink takes the failed events
     */
    public static <E> ErrorPolicy<E> deadLetter(DeadLetterSink<E> sink) {
        return new ErrorPolicy<>(false, Objects.requireNonNull(sink, "sink"), 0);
    }

    /**
     * The same policy, which also starts a stage anew when it keeps failing: its worker closes the instance and makes another.
     *
     * @param failures after how many events in a row on which the instance threw, from 1
     */
    public ErrorPolicy<E> restartingAfter(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("a stage restarts after 1 failure or more, not " + failures);
        }
        return new ErrorPolicy<>(stopping, deadLetters, failures);
    }

    /** Whether the first failure stops the pipeline. */
    public boolean stopsPipeline() {
        return stopping;
    }

    /** Takes the failed events, or null when they are only counted. */
    public @Nullable DeadLetterSink<E> deadLetters() {
        return deadLetters;
    }

    /** After how many failures in a row a stage is started anew; 0 for never. */
    public int failuresToRestart() {
        return failuresToRestart;
    }

    @Override
    public String toString() {
        String action = stopping ? "stop" : deadLetters == null ? "skip" : "dead letter";
        return failuresToRestart == 0 ? action : action + ", restart after " + failuresToRestart;
    }
}
