package org.ipspipeline.pipeline.metrics;

/**
 * What has come from a source since the pipeline started.
 *
 * @param source its number, from 0
 * @param events how many events it has filled
 * @param failedPolls how often it threw when it was asked
 * @param failedEvents how many of its events a stage failed on
 * @param stolen how many of its events were handled by workers that are not home to it, in any group
 * @param inFlight how many of its events wait or are being handled at this moment
 * @param closed whether it is asked for no more: it has ended, or the pipeline stops
 */
public record SourceSnapshot(
        int source, long events, long failedPolls, long failedEvents, long stolen, long inFlight, boolean closed) {}
