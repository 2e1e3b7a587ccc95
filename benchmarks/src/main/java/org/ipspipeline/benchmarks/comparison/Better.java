package org.ipspipeline.benchmarks.comparison;

/** Which of two values of a measure is the better one. */
public enum Better {
    /** Rates: more is better. */
    HIGHER,
    /** Times and costs: less is better. */
    LOWER;

    /**
     * How many times better ours is.
     *
     * @param ours our value
     * @param theirs the other's value
     * @return above 1 where ours is better, whichever direction is the good one; NaN where either value is not a positive
     *     number
     */
    public double ratio(double ours, double theirs) {
        if (!(ours > 0) || !(theirs > 0)) {
            return Double.NaN;
        }
        return this == HIGHER ? ours / theirs : theirs / ours;
    }
}
