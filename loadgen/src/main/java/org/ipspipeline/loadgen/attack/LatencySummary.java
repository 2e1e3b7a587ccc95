package org.ipspipeline.loadgen.attack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** All times from request to answer since the beginning. */
final class LatencySummary {

    private static final int DIGITS = 3;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Histogram all = new Histogram(DIGITS);
    private @Nullable Histogram recycled;

    /**
     * Adds what was recorded since the last call.
     *
     * @param recorder of nanoseconds
     */
    void add(Recorder recorder) {
        recycled = recorder.getIntervalHistogram(recycled);
        all.add(recycled);
    }

    /** {@return microseconds: the median, 99 and 99.9 percent, and the longest} */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("p50", micros(all.getValueAtPercentile(50)));
        json.put("p99", micros(all.getValueAtPercentile(99)));
        json.put("p999", micros(all.getValueAtPercentile(99.9)));
        json.put("max", micros(all.getMaxValue()));
        return json;
    }

    private static double micros(long nanos) {
        return Math.rint(nanos / (NANOS_PER_MICRO / 10)) / 10;
    }
}
