package org.ipspipeline.pipeline;

import java.time.Duration;
import java.util.Optional;
import org.ipspipeline.pipeline.engine.Engine;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;

/**
 * A pipeline at work. It ends by itself when all its sources have, or a failure stops it; else by one of the methods here. Any
 * thread may call them, a worker as well; a worker that waits for its own end is told at once that it has not come.
 */
public final class RunningPipeline implements AutoCloseable {

    private final Engine<?> engine;

    RunningPipeline(Engine<?> engine) {
        this.engine = engine;
    }

    /** What the pipeline has done so far, or in all once it has ended. Allocates; does not disturb the workers. */
    public PipelineSnapshot snapshot() {
        return engine.snapshot();
    }

    /**
     * Asks the sources for no more, and waits until everything that has come is handled.
     *
     * @param timeout for how long to wait at most; when it has passed, the pipeline still drains
     * @return whether everything has been handled, and the pipeline has ended
     * @throws InterruptedException when the waiting was interrupted; the pipeline still drains
     */
    public boolean drain(Duration timeout) throws InterruptedException {
        engine.beginDrain();
        return engine.awaitEnd(timeout) && engine.hasEndedWell();
    }

    /**
     * Stops after the events in the workers' hands, and interrupts workers that take more than 100 ms over theirs. What has
     * come and was not begun is abandoned, as the snapshot tells.
     *
     * @param timeout for how long to wait at most
     * @return whether all workers have ended
     */
    public boolean stop(Duration timeout) {
        return engine.stop(timeout);
    }

    /**
     * Waits for the end, without asking for it.
     *
     * @param timeout for how long at most
     * @return whether the pipeline has ended
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return engine.awaitEnd(timeout);
    }

    /** Whether workers still run. */
    public boolean isRunning() {
        return engine.isRunning();
    }

    /** What stopped the pipeline: a stage's failure, an interrupted worker; empty when nothing did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(engine.failure());
    }

    /**
     * Ends the pipeline: drains it for as long as declared ({@link PipelineBuilder#drainTimeout}), and stops what is left. An
     * interrupt of the calling thread stops it at once, and stays pending. Returns when the workers have ended, or did not
     * within the same time again.
     */
    @Override
    public void close() {
        engine.close();
    }
}
