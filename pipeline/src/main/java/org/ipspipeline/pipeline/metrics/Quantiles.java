package org.ipspipeline.pipeline.metrics;

import org.HdrHistogram.Histogram;

/**
 * What is worth saying of a distribution.
 *
 * @param count how many values were recorded
 * @param mean their mean, 0 when there are none
 * @param p50 half of them are at most this
 * @param p99 99 % of them are at most this
 * @param p999 99.9 % of them are at most this
 * @param max the greatest
 */
public record Quantiles(long count, double mean, long p50, long p99, long p999, long max) {

    /** Those of all that several writers have recorded so far. */
    public static Quantiles of(Iterable<Distribution> distributions) {
        Histogram histogram = Distribution.empty();
        for (Distribution distribution : distributions) {
            distribution.addTo(histogram);
        }
        return new Quantiles(
                histogram.getTotalCount(),
                histogram.getTotalCount() == 0 ? 0 : histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue());
    }
}
