package org.ipspipeline.pipeline.engine;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.ipspipeline.pipeline.metrics.Quantiles;
import org.ipspipeline.pipeline.metrics.SourceSnapshot;
import org.ipspipeline.pipeline.metrics.StageMeter;
import org.ipspipeline.pipeline.metrics.StageSnapshot;
import org.ipspipeline.pipeline.metrics.WorkerSnapshot;

/** Reads the meters of all parts into a snapshot, while they go on. */
final class SnapshotReader<E> {

    private final Declaration<E> declaration;
    private final List<Lane<E>> lanes;
    private final List<WorkerGroup> groups;
    private final List<WorkerThread> threads;

    private volatile long beginNanos;
    private volatile long endNanos;
    private volatile boolean ended;

    SnapshotReader(
            Declaration<E> declaration, List<Lane<E>> lanes, List<WorkerGroup> groups, List<WorkerThread> threads) {
        this.declaration = declaration;
        this.lanes = lanes;
        this.groups = groups;
        this.threads = threads;
        this.beginNanos = System.nanoTime();
    }

    void begin() {
        beginNanos = System.nanoTime();
    }

    void end() {
        endNanos = System.nanoTime();
        ended = true;
    }

    PipelineSnapshot read() {
        long now = ended ? endNanos : System.nanoTime();
        return new PipelineSnapshot(
                declaration.name(),
                Math.max(0, now - beginNanos),
                lanes.stream().map(this::source).toList(),
                stages(),
                threads.stream().map(thread -> worker(thread, now)).toList(),
                Quantiles.of(threads.stream()
                        .map(thread -> thread.worker().latency())
                        .toList()));
    }

    private SourceSnapshot source(Lane<E> lane) {
        // What was handled is read before what has come, so that the difference cannot fall below 0.
        long handled = groups.stream()
                .filter(group -> group.group().last())
                .mapToLong(group -> group.handledOf(lane.number()))
                .min()
                .orElse(0);
        long failed = lane.failures().count();
        long published = lane.published();
        return new SourceSnapshot(
                lane.number(),
                published,
                lane.inlet().failedPolls(),
                failed,
                groups.stream()
                        .mapToLong(group -> group.stolenOf(lane.number()))
                        .sum(),
                published - handled,
                lane.inlet().isClosed());
    }

    private List<StageSnapshot> stages() {
        List<StageSnapshot> stages = new ArrayList<>();
        for (int stage = 0; stage < declaration.stages().size(); stage++) {
            stages.add(stage(stage));
        }
        return stages;
    }

    private StageSnapshot stage(int stage) {
        WorkerGroup group = groups.stream()
                .filter(candidate -> candidate.group().stages().contains(stage))
                .findFirst()
                .orElseThrow();
        List<StageMeter> meters = group.metersOfStage(group.group().stages().indexOf(stage));
        long depth = lanes.stream()
                .mapToLong(lane -> lane.claim(group.number()).depth())
                .sum();
        return StageMeter.snapshot(declaration.stages().get(stage).name(), meters, depth);
    }

    private static WorkerSnapshot worker(WorkerThread thread, long now) {
        return thread.worker().meter().snapshot(thread.getName(), thread.pinnedTo(), now);
    }
}
