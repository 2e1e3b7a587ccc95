package org.ipspipeline.pipeline.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.ipspipeline.pipeline.claim.Batch;
import org.ipspipeline.pipeline.claim.Claim;
import org.ipspipeline.pipeline.idle.IdleStrategy;
import org.ipspipeline.pipeline.metrics.Distribution;
import org.ipspipeline.pipeline.metrics.StageMeter;
import org.ipspipeline.pipeline.metrics.WorkerMeter;
import org.ipspipeline.pipeline.stage.WorkerContext;
import org.ipspipeline.pipeline.topology.StageGroup;
import org.jspecify.annotations.Nullable;

/**
 * One thread's work: round after round over the lanes that it is home to, and, where its group is shared and these are
 * empty, one batch from another lane before it looks at home again.
 */
final class Worker<E> {

    private final int number;
    private final WorkerGroup group;
    private final Declaration<E> declaration;
    private final IdleStrategy idle;
    private final RunState state;
    private final FailureLog log;
    private final List<Lane<E>> homes;
    private final List<Lane<E>> others;
    private final WorkerMeter meter;
    private final Distribution latency = Distribution.ofNanos();
    private final List<StageRunner<E>> runners = new ArrayList<>();
    private final Batch batch = new Batch();
    private final int fillLimit;
    private final boolean polls;
    private final boolean handles;
    private final boolean last;

    private int batchesToSample = 1;
    private int nextOther;

    Worker(
            int number,
            WorkerGroup group,
            List<Lane<E>> lanes,
            Declaration<E> declaration,
            RunState state,
            FailureLog log) {
        this.number = number;
        this.group = group;
        this.declaration = declaration;
        this.idle = declaration.idle();
        this.state = state;
        this.log = log;
        this.meter = group.meterOf(number);
        StageGroup stages = group.group();
        this.polls = stages.polls();
        this.handles = !stages.stages().isEmpty();
        this.last = stages.last();
        int firstHome = group.homes().firstOf(number);
        int endOfHomes = group.homes().firstOf(number + 1);
        this.homes = List.copyOf(lanes.subList(firstHome, endOfHomes));
        this.others = stages.shared()
                ? lanes.stream()
                        .filter(lane -> lane.number() < firstHome || lane.number() >= endOfHomes)
                        .toList()
                : List.of();
        // Thieves need something to find beyond what this worker takes itself; alone, what was just filled is still in
        // the cache.
        this.fillLimit = stages.shared()
                ? Math.min(declaration.ringSize(), 2 * stages.threads() * declaration.batchLimit())
                : declaration.batchLimit();
    }

    /** Makes the stages; by the worker's own thread. */
    void prepare() throws Exception {
        List<StageMeter> meters = group.stageMetersOf(number);
        List<Integer> stages = group.group().stages();
        for (int index = 0; index < stages.size(); index++) {
            int stage = stages.get(index);
            WorkerContext context = new WorkerContext(
                    declaration.name(),
                    declaration.stages().get(stage).name(),
                    number,
                    group.group().threads(),
                    declaration.sources().size());
            runners.add(new StageRunner<>(stage, context, declaration, state, log, meter, meters.get(index)));
        }
    }

    /** Works until there is nothing left to do, or the pipeline is halted. */
    void serve() {
        int emptyRounds = 0;
        while (!state.isHalted()) {
            meter.beginRound();
            // Stopping halts first and interrupts then: an interrupt without a halt came from somewhere else.
            if (Thread.interrupted() && !state.isHalted()) {
                state.fail(new InterruptedException(
                        "worker " + Thread.currentThread().getName() + " was interrupted"));
                return;
            }
            if (serveHomes() || serveOther()) {
                if (emptyRounds > 0) {
                    meter.idleUntil(System.nanoTime());
                    emptyRounds = 0;
                }
                continue;
            }
            if (isDone(homes) && isDone(others)) {
                return;
            }
            if (emptyRounds == 0) {
                meter.idleSince(System.nanoTime());
            }
            emptyRounds = Math.max(emptyRounds, emptyRounds + 1); // stays at the greatest instead of wrapping
            idle.idle(emptyRounds);
        }
    }

    private boolean serveHomes() {
        boolean worked = false;
        for (int home = 0; home < homes.size(); home++) {
            Lane<E> lane = homes.get(home);
            worked |= polls && fill(lane);
            worked |= handles && handle(lane, false);
        }
        return worked;
    }

    private boolean serveOther() {
        for (int tried = 0; tried < others.size(); tried++) {
            Lane<E> lane = others.get(nextOther);
            nextOther = nextOther + 1 < others.size() ? nextOther + 1 : 0;
            if (handle(lane, true)) {
                return true;
            }
            // Who is home to it polls it, unless a stage keeps it: then what has come in the meantime need not wait.
            if (polls && group.meterOfHome(lane.number()).isInStage() && fill(lane) && handle(lane, true)) {
                return true;
            }
        }
        return false;
    }

    private boolean fill(Lane<E> lane) {
        meter.enter(WorkerMeter.POLLING, lane.number());
        int filled = lane.inlet().fill(fillLimit, meter);
        meter.leave();
        return filled > 0;
    }

    private boolean handle(Lane<E> lane, boolean stolen) {
        Claim claim = lane.claim(group.number());
        if (!claim.take(number, declaration.batchLimit(), batch)) {
            return false;
        }
        boolean timed = --batchesToSample <= 0;
        if (timed) {
            batchesToSample = declaration.sampling();
        }
        long weight = weigh(lane);
        long end = run(lane, timed, weight);
        meter.addHandled(lane.number(), end - batch.first());
        if (stolen) {
            meter.addStolen(lane.number(), end - batch.first(), weight);
        }
        if (end > batch.last()) {
            if (last) {
                recordLatency(lane, timed);
            }
            claim.release(number, batch);
        } // else halted: the claim stays, so that nobody takes what was not handled for handled
        return true;
    }

    private long run(Lane<E> lane, boolean timed, long weight) {
        long end = batch.first();
        for (int index = 0; index < runners.size(); index++) {
            StageRunner<E> runner = runners.get(index);
            end = runner.run(lane, batch, timed);
            if (weight != 0) {
                runner.meter().addWeight(weight);
            }
            if (end <= batch.last()) {
                return index + 1 < runners.size() ? batch.first() : end;
            }
        }
        return end;
    }

    private long weigh(Lane<E> lane) {
        ToLongFunction<E> weights = declaration.weights();
        if (weights == null) {
            return 0;
        }
        long weight = 0;
        for (long sequence = batch.first(); sequence <= batch.last(); sequence++) {
            weight += weights.applyAsLong(lane.ring().get(sequence));
        }
        return weight;
    }

    private void recordLatency(Lane<E> lane, boolean timed) {
        @Nullable Probe probe = lane.probe(group.number());
        if (probe != null && probe.isAmong(batch.first(), batch.last())) {
            latency.record(System.nanoTime() - probe.takeIn());
        }
        ToLongFunction<E> timestamps = declaration.timestamps();
        if (timed && timestamps != null) {
            long now = System.nanoTime();
            for (long sequence = batch.first(); sequence <= batch.last(); sequence++) {
                long arose = timestamps.applyAsLong(lane.ring().get(sequence));
                if (arose != 0) {
                    latency.record(now - arose);
                }
            }
        }
    }

    private boolean isDone(List<Lane<E>> lanes) {
        for (int index = 0; index < lanes.size(); index++) {
            Lane<E> lane = lanes.get(index);
            if (!(handles ? lane.isDone(group.number()) : lane.inlet().isClosed())) {
                return false;
            }
        }
        return true;
    }

    /** Closes the stages; by the worker's own thread. */
    void finish() {
        runners.forEach(StageRunner::close);
    }

    WorkerMeter meter() {
        return meter;
    }

    Distribution latency() {
        return latency;
    }
}
