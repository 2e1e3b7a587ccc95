package org.ipspipeline.pipeline.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * How the values are distributed that one thread records, to two significant digits. Recording is wait-free and allocates nothing;
 * reading takes turns among the readers and does not disturb the writer.
 */
public final class Distribution {

    /** An hour, if the values are nanoseconds: greater values count as this. */
    private static final long MAX_VALUE = 3_600_000_000_000L;

    private static final int SIGNIFICANT_DIGITS = 2;

    private final long maxValue;
    private final SingleWriterRecorder recorder;
    private final Histogram total;
    private @Nullable Histogram interval;

    private Distribution(long maxValue) {
        this.maxValue = maxValue;
        this.recorder = new SingleWriterRecorder(maxValue, SIGNIFICANT_DIGITS);
        this.total = new Histogram(maxValue, SIGNIFICANT_DIGITS);
    }

    /** For durations in nanoseconds up to an hour. */
    public static Distribution ofNanos() {
        return new Distribution(MAX_VALUE);
    }

    /**
     * For numbers of things.
     *
     * @param maxValue the greatest number there can be
     */
    public static Distribution ofCounts(int maxValue) {
        return new Distribution(Math.max(2, maxValue));
    }

    /** Records a value; one below 0 counts as 0. For the writing thread alone. */
    public void record(long value) {
        recorder.recordValue(Math.max(0, Math.min(value, maxValue)));
    }

    /** Records a value several times; one below 0 counts as 0. For the writing thread alone. */
    public void record(long value, long times) {
        recorder.recordValueWithCount(Math.max(0, Math.min(value, maxValue)), times);
    }

    /**
     * Adds all that has been recorded so far.
     *
     * @param into takes the values
     */
    public synchronized void addTo(Histogram into) {
        Histogram latest = recorder.getIntervalHistogram(interval);
        total.add(latest);
        interval = latest;
        into.add(total);
    }

    /** An empty histogram that grows to hold whatever is added. */
    static Histogram empty() {
        Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }
}
