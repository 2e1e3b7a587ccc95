package org.ipspipeline.pipeline.stage;

/**
 * Where events go that a stage failed on.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface DeadLetterSink<E> {

    /**
     * Takes an event before it is used again. Called by the worker that met the failure, so by several at a time.
     *
     * @param failed what failed, and why
     * @throws Exception the event counts as failed all the same, and the pipeline logs this
     */
    void accept(FailedEvent<E> failed) throws Exception;
}
