package org.ipspipeline.ips.match.filter;

/** The times of lines that are known from elsewhere, as the journal's. */
@FunctionalInterface
public interface LineTimes {

    /**
     * Tells the time of a line.
     *
     * @param line its index in the block
     * @return microseconds since 1970; {@link org.ipspipeline.ips.filter.Failure#NO_TIME} to have a date looked for in the line
     */
    long micros(int line);
}
