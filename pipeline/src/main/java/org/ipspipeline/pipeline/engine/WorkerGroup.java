package org.ipspipeline.pipeline.engine;

import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.pipeline.metrics.StageMeter;
import org.ipspipeline.pipeline.metrics.WorkerMeter;
import org.ipspipeline.pipeline.topology.SegmentAssignment;
import org.ipspipeline.pipeline.topology.StageGroup;

/** The workers that run one group of stages, and what each is home to. */
final class WorkerGroup {

    private final int number;
    private final StageGroup group;
    private final SegmentAssignment homes;
    private final List<WorkerMeter> workers = new ArrayList<>();
    private final List<List<StageMeter>> stages = new ArrayList<>();

    WorkerGroup(int number, StageGroup group, int sources, int batchLimit) {
        this.number = number;
        this.group = group;
        this.homes = new SegmentAssignment(sources, group.threads());
        for (int worker = 0; worker < group.threads(); worker++) {
            workers.add(new WorkerMeter(sources));
            stages.add(group.stages().stream()
                    .map(stage -> new StageMeter(batchLimit))
                    .toList());
        }
    }

    int number() {
        return number;
    }

    StageGroup group() {
        return group;
    }

    SegmentAssignment homes() {
        return homes;
    }

    WorkerMeter meterOf(int worker) {
        return workers.get(worker);
    }

    /** The meter of the worker that is home to a source. */
    WorkerMeter meterOfHome(int source) {
        return workers.get(homes.workerOf(source));
    }

    /** A worker's meters, one for each stage of the group. */
    List<StageMeter> stageMetersOf(int worker) {
        return stages.get(worker);
    }

    /** The meters of the group's nth stage, one for each worker. */
    List<StageMeter> metersOfStage(int index) {
        return stages.stream().map(ofWorker -> ofWorker.get(index)).toList();
    }

    /** How many events of a source the group has handled. */
    long handledOf(int source) {
        return workers.stream().mapToLong(worker -> worker.handledOf(source)).sum();
    }

    /** How many of those by workers that are not home to it. */
    long stolenOf(int source) {
        return workers.stream().mapToLong(worker -> worker.stolenOf(source)).sum();
    }
}
