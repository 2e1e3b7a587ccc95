package org.ipspipeline.pipeline.metrics;

import java.util.List;

/**
 * What a pipeline has done since it started. The parts are read one after the other while the workers go on, so that they fit
 * together exactly only once the pipeline has stopped.
 *
 * @param name the pipeline's name
 * @param runningNanos for how long it has run, in ns
 * @param sources its sources, in their order
 * @param stages its stages, as declared
 * @param workers its workers, group by group
 * @param latencyNanos from a source's timestamp, or else from when the source filled the event, until the last stage had
 *     handled it, in ns, for the events sampled
 */
public record PipelineSnapshot(
        String name,
        long runningNanos,
        List<SourceSnapshot> sources,
        List<StageSnapshot> stages,
        List<WorkerSnapshot> workers,
        Quantiles latencyNanos) {

    /** Copies the lists. */
    public PipelineSnapshot {
        sources = List.copyOf(sources);
        stages = List.copyOf(stages);
        workers = List.copyOf(workers);
    }

    /** How many events have come from all sources. */
    public long events() {
        return sources.stream().mapToLong(SourceSnapshot::events).sum();
    }

    /** How many events a stage failed on. */
    public long failed() {
        return sources.stream().mapToLong(SourceSnapshot::failedEvents).sum();
    }

    /**
     * How many events are in the pipeline; once it has stopped, how many it has abandoned: never finished, and neither
     * handled by every stage nor failed.
     */
    public long inFlight() {
        return sources.stream().mapToLong(SourceSnapshot::inFlight).sum();
    }

    /** How many events were handled by workers other than those at home. */
    public long stolen() {
        return workers.stream().mapToLong(WorkerSnapshot::stolen).sum();
    }

    /**
     * A stage.
     *
     * @param name its name
     * @throws IllegalArgumentException when there is none of that name
     */
    public StageSnapshot stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no stage '" + name + "'"));
    }
}
