package org.ipspipeline.pipeline.metrics;

import java.util.List;

/** What one instance of a stage has done. Written by its worker alone. */
public final class StageMeter {

    private static final int EVENTS = 0;
    private static final int BATCHES = 1;
    private static final int WEIGHT = 2;
    private static final int FAILED = 3;
    private static final int FAILED_BATCHES = 4;
    private static final int SKIPPED = 5;
    private static final int RESTARTS = 6;
    private static final int COUNT = 7;

    private final Counters counters = new Counters(COUNT);
    private final Distribution batchSizes;
    private final Distribution serviceNanos = Distribution.ofNanos();

    /**
     * Makes a meter that stands at 0.
     *
     * @param batchLimit the greatest batch there can be
     */
    public StageMeter(int batchLimit) {
        batchSizes = Distribution.ofCounts(batchLimit);
    }

    /** A batch has been handled, failures included. */
    public void addBatch(long events) {
        counters.add(EVENTS, events);
        counters.add(BATCHES, 1);
    }

    /** The events of a batch stand for so much, such as lines. */
    public void addWeight(long weight) {
        counters.add(WEIGHT, weight);
    }

    /** The stage threw on an event. */
    public void addFailed() {
        counters.add(FAILED, 1);
    }

    /** The stage threw at the end of a batch. */
    public void addFailedBatch() {
        counters.add(FAILED_BATCHES, 1);
    }

    /** An event was passed over, because a stage before this one failed on it. */
    public void addSkipped() {
        counters.add(SKIPPED, 1);
    }

    /** The stage was started anew. */
    public void addRestart() {
        counters.add(RESTARTS, 1);
    }

    /** A sampled batch took so long. */
    public void recordService(long nanos, int events) {
        batchSizes.record(events);
        serviceNanos.record(nanos / events, events);
    }

    /**
     * A reading over all instances of a stage.
     *
     * @param name the stage's name
     * @param meters the instances' meters
     * @param queueDepth how many events wait for the stage or are in its hands
     */
    public static StageSnapshot snapshot(String name, List<StageMeter> meters, long queueDepth) {
        return new StageSnapshot(
                name,
                sum(meters, EVENTS),
                sum(meters, BATCHES),
                sum(meters, WEIGHT),
                sum(meters, FAILED),
                sum(meters, FAILED_BATCHES),
                sum(meters, SKIPPED),
                sum(meters, RESTARTS),
                queueDepth,
                Quantiles.of(meters.stream().map(meter -> meter.batchSizes).toList()),
                Quantiles.of(meters.stream().map(meter -> meter.serviceNanos).toList()));
    }

    private static long sum(List<StageMeter> meters, int counter) {
        return meters.stream().mapToLong(meter -> meter.counters.get(counter)).sum();
    }
}
