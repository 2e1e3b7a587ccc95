package org.ipspipeline.benchmarks.comparison;

import org.jspecify.annotations.Nullable;

/**
 * One line of a comparison's table.
 *
 * @param measure what was measured
 * @param value our median; NaN where it could not be measured
 * @param unit of both values
 * @param versus the contender, or null where ours stands alone
 * @param versusValue the contender's median; NaN where there is none
 * @param ratio how many times better ours is: above 1 is better, for times as for rates; NaN where there is none
 * @param note why a value is missing, or what to know when reading it; may be empty
 */
public record Row(
        String measure,
        double value,
        String unit,
        @Nullable String versus,
        double versusValue,
        double ratio,
        String note) {

    /**
     * A value with nothing beside it.
     *
     * @param measure what was measured
     * @param value the median
     * @param unit its unit
     * @return the row
     */
    public static Row alone(String measure, double value, String unit) {
        return new Row(measure, value, unit, null, Double.NaN, Double.NaN, "");
    }

    /**
     * The same row under another name, where several rows come from one contest.
     *
     * @param name what was measured
     * @return a new row
     */
    public Row withMeasure(String name) {
        return new Row(name, value, unit, versus, versusValue, ratio, note);
    }

    /**
     * The same row with a remark.
     *
     * @param remark what to know when reading it
     * @return a new row
     */
    public Row withNote(String remark) {
        return new Row(measure, value, unit, versus, versusValue, ratio, remark);
    }
}
