package org.ipspipeline.pipeline.metrics;

import java.util.ArrayList;
import java.util.List;

/** What one worker has done, and where it is. Written by that worker alone. */
public final class WorkerMeter {

    /** The place of a worker that looks for work or waits for some. */
    public static final int LOOKING = -2;

    /** The place of a worker that polls a source. Other places are the numbers of stages. */
    public static final int POLLING = -1;

    private static final int ROUNDS = 0;
    private static final int PLACE = 1;
    private static final int SOURCE = 2;
    private static final int SEQUENCE = 3;
    private static final int IDLE_NANOS = 4;
    private static final int IDLE_SINCE = 5;
    private static final int ARRAYS = 6;

    private final int sources;
    private final Counters counters;

    /**
     * Makes a meter that stands at 0.
     *
     * @param sources how many sources there are
     */
    public WorkerMeter(int sources) {
        this.sources = sources;
        counters = new Counters(ARRAYS + 3 * sources);
        counters.set(PLACE, LOOKING);
    }

    /** The worker begins another round. */
    public void beginRound() {
        counters.add(ROUNDS, 1);
    }

    /** The worker goes to a place: a stage's number, or {@link #POLLING} a source. */
    public void enter(int place, int source) {
        counters.set(SOURCE, source);
        counters.set(PLACE, place);
    }

    /** The worker is back at {@link #LOOKING}. */
    public void leave() {
        counters.set(PLACE, LOOKING);
    }

    /** The worker begins an event. */
    public void beginEvent(long sequence) {
        counters.set(SEQUENCE, sequence);
    }

    /** Where the worker is: a stage's number, {@link #POLLING} or {@link #LOOKING}. */
    public int place() {
        return (int) counters.get(PLACE);
    }

    /** The source that it polls, or whose event is in its hands. */
    public int source() {
        return (int) counters.get(SOURCE);
    }

    /** The event that is in its hands. */
    public long sequence() {
        return counters.get(SEQUENCE);
    }

    /** How many rounds it has begun. */
    public long rounds() {
        return counters.get(ROUNDS);
    }

    /** Whether the worker is in a stage, and so cannot look after its sources: a hint for others. */
    public boolean isInStage() {
        return counters.get(PLACE) > POLLING;
    }

    /** Nothing was found to do, from this moment on. */
    public void idleSince(long nanoTime) {
        counters.set(IDLE_SINCE, nanoTime);
    }

    /** Something was found to do again. */
    public void idleUntil(long nanoTime) {
        counters.add(IDLE_NANOS, nanoTime - counters.get(IDLE_SINCE));
        counters.set(IDLE_SINCE, 0);
    }

    /** The worker has handled events of a source. */
    public void addHandled(int source, long events) {
        counters.add(ARRAYS + source, events);
    }

    /** The worker was not home to the source whose events it has handled. */
    public void addStolen(int source, long events, long weight) {
        counters.add(ARRAYS + sources + source, events);
        counters.add(ARRAYS + 2 * sources + source, weight);
    }

    /** How many events of a source it has handled, those included that failed. */
    public long handledOf(int source) {
        return counters.get(ARRAYS + source);
    }

    /** How many of those it has stolen. */
    public long stolenOf(int source) {
        return counters.get(ARRAYS + sources + source);
    }

    /**
     * A reading.
     *
     * @param name the worker's name
     * @param cpu the CPU it is pinned to, or -1
     * @param now the moment, as System.nanoTime() gives it
     */
    public WorkerSnapshot snapshot(String name, int cpu, long now) {
        long since = counters.get(IDLE_SINCE);
        long idle = counters.get(IDLE_NANOS) + (since == 0 ? 0 : Math.max(0, now - since));
        return new WorkerSnapshot(name, cpu, idle, array(0), array(1), array(2));
    }

    private List<Long> array(int number) {
        List<Long> values = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            values.add(counters.get(ARRAYS + number * sources + source));
        }
        return values;
    }
}
