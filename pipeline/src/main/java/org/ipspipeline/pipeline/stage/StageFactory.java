package org.ipspipeline.pipeline.stage;

/**
 * Makes the instance of a stage that one worker owns. Called by that worker's own thread before the pipeline has started,
 * pinned already, so that what it allocates is close to where it will be used; and again when a failed stage is started anew.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface StageFactory<E> {

    /**
     * Makes an instance.
     *
     * @param worker the worker that will own it
     * @return a new instance, or one that is safe to share between workers
     * @throws Exception what went wrong; the pipeline does not start
     */
    Stage<E> create(WorkerContext worker) throws Exception;
}
