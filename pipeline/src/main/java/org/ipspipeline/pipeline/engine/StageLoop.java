package org.ipspipeline.pipeline.engine;

import com.lmax.disruptor.RingBuffer;
import org.ipspipeline.pipeline.metrics.StageMeter;
import org.ipspipeline.pipeline.metrics.WorkerMeter;
import org.ipspipeline.pipeline.stage.Stage;

/** The innermost loop: one stage over the events that a worker holds. Implementations keep no state. */
interface StageLoop {

    /**
     * Handles events, and notes in {@code place} the one that it is at.
     *
     * @return the sequence behind the last that was handled: {@code last + 1}, or less when the pipeline was halted
     * @throws Exception what the stage threw on the event that was noted last
     */
    <E> long run(
            Stage<E> stage,
            RingBuffer<E> ring,
            FailureMarks failures,
            RunState state,
            WorkerMeter place,
            StageMeter meter,
            long first,
            long last)
            throws Exception;

    /**
     * The loop for a class of stages.
     *
     * @param stage the class
     */
    static StageLoop of(Class<?> stage) {
        return StageLoopClasses.LOOPS.get(stage);
    }
}
