package org.ipspipeline.ips.filter;

/** Which of a filter's failregexes may match a line: a scan for their literals has found this out. */
@FunctionalInterface
public interface RegexChoice {

    /** What {@link #next} returns after the last expression. */
    int NONE = -1;

    /** Every expression, tried without a scan. */
    RegexChoice ALL = from -> from;

    /**
     * Goes through the expressions.
     *
     * @param from the lowest index that is of interest
     * @return the lowest index, not below it, of an expression that may match; any index beyond the last expression, or {@link #NONE}, for
     *     none
     */
    int next(int from);
}
