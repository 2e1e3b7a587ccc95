package org.ipspipeline.pipeline.engine;

import com.lmax.disruptor.RingBuffer;
import org.ipspipeline.pipeline.metrics.StageMeter;
import org.ipspipeline.pipeline.metrics.WorkerMeter;
import org.ipspipeline.pipeline.stage.Stage;

/** The loop as it is written once; {@link StageLoopClasses} makes a class of its own from it for each class of stages. */
final class StageLoopTemplate implements StageLoop {

    StageLoopTemplate() {}

    @Override
    public <E> long run(
            Stage<E> stage,
            RingBuffer<E> ring,
            FailureMarks failures,
            RunState state,
            WorkerMeter place,
            StageMeter meter,
            long first,
            long last)
            throws Exception {
        long sequence = first;
        for (; sequence <= last && !state.isHalted(); sequence++) {
            place.beginEvent(sequence);
            if (failures.isMarked(sequence)) {
                meter.addSkipped();
                continue;
            }
            stage.handle(ring.get(sequence));
        }
        return sequence;
    }
}
