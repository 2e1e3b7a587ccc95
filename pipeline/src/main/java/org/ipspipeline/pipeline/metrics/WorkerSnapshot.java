package org.ipspipeline.pipeline.metrics;

import java.util.List;

/**
 * What a worker has done since the pipeline started.
 *
 * @param name its thread's name
 * @param cpu the CPU that it is pinned to, or -1 when the scheduler places it
 * @param idleNanos how long it has found nothing to do, in ns
 * @param handledEvents for each source, how many of its events it has handled
 * @param stolenEvents for each source, how many of those without being home to that source
 * @param stolenWeight for each source, what the stolen events stand for, such as lines; zeros when nothing weighs them
 */
public record WorkerSnapshot(
        String name,
        int cpu,
        long idleNanos,
        List<Long> handledEvents,
        List<Long> stolenEvents,
        List<Long> stolenWeight) {

    /** Copies the lists. */
    public WorkerSnapshot {
        handledEvents = List.copyOf(handledEvents);
        stolenEvents = List.copyOf(stolenEvents);
        stolenWeight = List.copyOf(stolenWeight);
    }

    /** How many events it has handled. */
    public long handled() {
        return handledEvents.stream().mapToLong(Long::longValue).sum();
    }

    /** How many of those it has stolen. */
    public long stolen() {
        return stolenEvents.stream().mapToLong(Long::longValue).sum();
    }
}
