package org.ipspipeline.pipeline.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ipspipeline.pipeline.metrics.WorkerMeter;
import org.ipspipeline.pipeline.stage.StuckWorker;
import org.ipspipeline.pipeline.topology.StageNode;

/** Looks at every worker now and then, and reports one that is over the same event, or the same poll, for too long. */
final class Watchdog extends Thread {

    /** How often it looks in the time that a worker has. */
    private static final int LOOKS = 4;

    private final List<WorkerThread> workers;
    private final List<StageNode> stages;
    private final long limitNanos;
    private final Consumer<StuckWorker> listener;
    private final FailureLog log;
    private final Sighting[] last;

    Watchdog(
            String name,
            List<WorkerThread> workers,
            List<StageNode> stages,
            long limitNanos,
            Consumer<StuckWorker> listener,
            FailureLog log) {
        super(name);
        this.workers = workers;
        this.stages = stages;
        this.limitNanos = limitNanos;
        this.listener = listener;
        this.log = log;
        this.last = new Sighting[workers.size()];
        long now = System.nanoTime();
        Arrays.setAll(last, worker -> Sighting.of(workers.get(worker).worker().meter(), now));
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            while (!isInterrupted()) {
                Thread.sleep(Math.max(1, limitNanos / LOOKS / 1_000_000));
                for (int worker = 0; worker < last.length; worker++) {
                    look(worker, System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            interrupt(); // the pipeline has ended
        }
    }

    private void look(int worker, long now) {
        Sighting before = last[worker];
        Sighting current = Sighting.of(workers.get(worker).worker().meter(), now);
        if (!current.isSamePlaceAs(before) || current.place() == WorkerMeter.LOOKING) {
            last[worker] = current;
        } else if (!before.reported() && now - before.sinceNanos() >= limitNanos) {
            last[worker] = before.asReported();
            report(workers.get(worker), before, now);
        }
    }

    private void report(Thread thread, Sighting sighting, long now) {
        String step = sighting.place() == WorkerMeter.POLLING
                ? StageNode.SOURCE
                : "stage " + stages.get(sighting.place()).name();
        try {
            listener.accept(new StuckWorker(
                    thread.getName(),
                    step,
                    sighting.source(),
                    sighting.sequence(),
                    now - sighting.sinceNanos(),
                    List.of(thread.getStackTrace())));
        } catch (RuntimeException e) {
            log.report("the listener for stuck workers failed", e);
        }
    }

    /** Where a worker was seen, and since when. */
    private record Sighting(int place, int source, long sequence, long rounds, long sinceNanos, boolean reported) {

        static Sighting of(WorkerMeter meter, long now) {
            return new Sighting(meter.place(), meter.source(), meter.sequence(), meter.rounds(), now, false);
        }

        boolean isSamePlaceAs(Sighting other) {
            return place == other.place
                    && source == other.source
                    && sequence == other.sequence
                    && rounds == other.rounds;
        }

        Sighting asReported() {
            return new Sighting(place, source, sequence, rounds, sinceNanos, true);
        }
    }
}
