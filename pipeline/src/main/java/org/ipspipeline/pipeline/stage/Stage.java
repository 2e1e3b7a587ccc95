package org.ipspipeline.pipeline.stage;

/**
 * One step of the work on each event. A stage instance belongs to one worker thread, which alone makes, calls and closes it:
 * it may keep scratch state in plain fields. Events of different segments go through the same instance when its worker has
 * several.
 *
 * @param <E> the event, pre-allocated and used again: nothing may keep it after the last stage
 */
@FunctionalInterface
public interface Stage<E> {

    /**
     * Handles one event.
     *
     * @param event as the source and the stages before have left it
     * @throws Exception what went wrong; the pipeline's {@link ErrorPolicy} decides what becomes of the event, and no later
     *     stage sees it
     */
    void handle(E event) throws Exception;

    /**
     * Called after the events that came together, before they are given to the next stage or back to the source: the place
     * to send what was collected from them in one go. What it throws is counted, and reported as the failure of no event.
     */
    default void endBatch() throws Exception {}

    /** Lets go of what the stage holds. Called once, by the stage's worker, when it stops or starts the stage anew. */
    default void close() throws Exception {}
}
