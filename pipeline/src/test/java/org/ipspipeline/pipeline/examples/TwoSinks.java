package org.ipspipeline.pipeline.examples;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.ipspipeline.pipeline.Pipeline;
import org.ipspipeline.pipeline.RunningPipeline;
import org.ipspipeline.pipeline.stage.ErrorPolicy;
import org.ipspipeline.pipeline.stage.Source;

/** Temperatures go to a store and to an alarm, each in a thread of its own; what makes no sense goes to neither. */
public final class TwoSinks {

    /** What goes through the pipeline. */
    private static final class Reading {
        private double celsius;
    }

    private final LongAdder stored = new LongAdder();
    private final ConcurrentLinkedQueue<Double> alarms = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Double> nonsense = new ConcurrentLinkedQueue<>();

    /**
     * Handles readings.
     *
     * @param readings in degrees Celsius
     */
    public void run(List<Double> readings) throws InterruptedException {
        Pipeline<Reading> pipeline = Pipeline.<Reading>named("temperatures")
                .events(Reading::new)
                .source(new ListSource(readings))
                .stage("check", worker -> reading -> {
                    if (reading.celsius < -273.15) {
                        throw new IllegalArgumentException("colder than nothing: " + reading.celsius);
                    }
                })
                .fork(
                        store -> store.sink("store", worker -> reading -> stored.increment()),
                        alarm -> alarm.sink("alert", worker -> reading -> {
                            if (reading.celsius > 90) {
                                alarms.add(reading.celsius);
                            }
                        }))
                .staged()
                .onError(ErrorPolicy.deadLetter(failed -> nonsense.add(failed.event().celsius)))
                .build();
        try (RunningPipeline running = pipeline.start()) {
            running.await(Duration.ofMinutes(1));
        }
    }

    /** How many readings were stored. */
    public long stored() {
        return stored.sum();
    }

    /** The readings that raised an alarm. */
    public List<Double> alarms() {
        return List.copyOf(alarms);
    }

    /** The readings that make no sense. */
    public List<Double> nonsense() {
        return List.copyOf(nonsense);
    }

    /** A list's elements. */
    private static final class ListSource implements Source<Reading> {

        private final List<Double> readings;
        private int next;

        ListSource(List<Double> readings) {
            this.readings = List.copyOf(readings);
        }

        @Override
        public boolean poll(Reading reading) {
            if (isExhausted()) {
                return false;
            }
            reading.celsius = readings.get(next++);
            return true;
        }

        @Override
        public boolean isExhausted() {
            return next == readings.size();
        }
    }
}
