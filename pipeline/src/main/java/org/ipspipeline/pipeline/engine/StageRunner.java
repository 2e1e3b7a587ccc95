package org.ipspipeline.pipeline.engine;

import org.ipspipeline.pipeline.claim.Batch;
import org.ipspipeline.pipeline.metrics.StageMeter;
import org.ipspipeline.pipeline.metrics.WorkerMeter;
import org.ipspipeline.pipeline.stage.DeadLetterSink;
import org.ipspipeline.pipeline.stage.ErrorPolicy;
import org.ipspipeline.pipeline.stage.FailedEvent;
import org.ipspipeline.pipeline.stage.Stage;
import org.ipspipeline.pipeline.stage.StageFactory;
import org.ipspipeline.pipeline.stage.WorkerContext;

/** One worker's instance of a stage. Whatever the instance throws ends here. */
final class StageRunner<E> {

    private final int number;
    private final WorkerContext context;
    private final StageFactory<E> factory;
    private final ErrorPolicy<E> errors;
    private final RunState state;
    private final FailureLog log;
    private final WorkerMeter place;
    private final StageMeter meter;

    private Stage<E> stage;
    private StageLoop loop;
    private int failuresInARow;

    StageRunner(
            int number,
            WorkerContext context,
            Declaration<E> declaration,
            RunState state,
            FailureLog log,
            WorkerMeter place,
            StageMeter meter)
            throws Exception {
        this.number = number;
        this.context = context;
        this.factory = declaration.factories().get(number);
        this.errors = declaration.errors();
        this.state = state;
        this.log = log;
        this.place = place;
        this.meter = meter;
        this.stage = factory.create(context);
        this.loop = StageLoop.of(stage.getClass());
    }

    /**
     * Handles a batch.
     *
     * @param timed whether to measure how long that takes
     * @return the sequence after the last that was handled: before the batch's end only when the pipeline was halted
     */
    long run(Lane<E> lane, Batch batch, boolean timed) {
        long begin = timed ? System.nanoTime() : 0;
        place.enter(number, lane.number());
        long next = batch.first();
        while (next <= batch.last() && !state.isHalted()) {
            next = handle(lane, next, batch.last());
        }
        endBatch(lane);
        place.leave();
        meter.addBatch(next - batch.first());
        if (timed && next > batch.first()) {
            meter.recordService(System.nanoTime() - begin, (int) (next - batch.first()));
        }
        return next;
    }

    /** Handles events until the end or a failure. */
    private long handle(Lane<E> lane, long first, long last) {
        try {
            long next = loop.run(stage, lane.ring(), lane.failures(), state, place, meter, first, last);
            failuresInARow = 0;
            return next;
        } catch (Throwable failure) {
            long sequence = place.sequence();
            if (state.isHalted() && failure instanceof InterruptedException) {
                return sequence; // stopped in the midst of the event: abandoned, as those behind it
            }
            failuresInARow = sequence > first ? 1 : failuresInARow + 1;
            onFailure(lane, sequence, lane.ring().get(sequence), failure);
            return sequence + 1;
        }
    }

    private void onFailure(Lane<E> lane, long sequence, E event, Throwable failure) {
        meter.addFailed();
        lane.failures().mark(sequence);
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // the worker sees to it
        }
        if (errors.stopsPipeline() || RunState.isFatal(failure)) {
            state.fail(failure);
            return;
        }
        DeadLetterSink<E> deadLetters = errors.deadLetters();
        if (deadLetters == null) {
            log.report(describe("failed on event " + sequence + " of source " + lane.number()), failure);
        } else {
            bury(deadLetters, new FailedEvent<>(context.stage(), lane.number(), sequence, event, failure));
        }
        if (errors.failuresToRestart() > 0 && failuresInARow >= errors.failuresToRestart()) {
            restart();
        }
    }

    private void bury(DeadLetterSink<E> deadLetters, FailedEvent<E> failed) {
        try {
            deadLetters.accept(failed);
        } catch (Throwable failure) {
            failure.addSuppressed(failed.cause());
            log.report(describe("failed, and so did the dead-letter sink"), failure);
        }
    }

    private void restart() {
        close();
        try {
            stage = factory.create(context);
            loop = StageLoop.of(stage.getClass());
            failuresInARow = 0;
            meter.addRestart();
        } catch (Throwable failure) {
            state.fail(new IllegalStateException(describe("could not be started anew"), failure));
        }
    }

    private void endBatch(Lane<E> lane) {
        try {
            stage.endBatch();
        } catch (Throwable failure) {
            meter.addFailedBatch();
            if (errors.stopsPipeline() || RunState.isFatal(failure)) {
                state.fail(failure);
            } else if (!(failure instanceof InterruptedException)) {
                log.report(describe("failed at the end of a batch of source " + lane.number()), failure);
            } else {
                Thread.currentThread().interrupt(); // the worker sees to it
            }
        }
    }

    StageMeter meter() {
        return meter;
    }

    /** Closes the instance. */
    void close() {
        try {
            stage.close();
        } catch (Throwable failure) {
            log.report(describe("failed to close"), failure);
        }
    }

    private String describe(String what) {
        return "stage " + context.stage() + " of worker " + context.worker() + " " + what;
    }
}
