package org.ipspipeline.pipeline.metrics;

/**
 * What a stage has done since the pipeline started, over all its workers.
 *
 * @param name the stage's name
 * @param events how many events it was given: those that it handled, those that it failed on, those that it passed over
 * @param batches how many batches they came in
 * @param weight what they stand for, such as lines, as the declaration weighs them; 0 when it does not
 * @param failed how many events it threw on
 * @param failedBatches how often the end of a batch threw
 * @param skipped how many events it passed over, because a stage before it had failed on them
 * @param restarts how often an instance was started anew
 * @param queueDepth how many events wait for it, or are in its hands, at this moment
 * @param batchSizes the sizes of the sampled batches, in events
 * @param serviceNanos the time an event took in the sampled batches, in ns; within a batch the mean counts for each event
 */
public record StageSnapshot(
        String name,
        long events,
        long batches,
        long weight,
        long failed,
        long failedBatches,
        long skipped,
        long restarts,
        long queueDepth,
        Quantiles batchSizes,
        Quantiles serviceNanos) {}
