package org.ipspipeline.ips.match.filter;

import org.ipspipeline.ips.filter.Finding;

/** Is told of failures. */
@FunctionalInterface
public interface FilterListener {

    /**
     * Takes a failure. Failures come in the order of their lines; of a line at most one of each filter, in the filters' order.
     *
     * @param line the index of the line in its block: of several lines that make the failure, the last
     * @param filter the number of the filter in its set
     * @param finding whose failure it is, and when; valid during the call
     */
    void failure(int line, int filter, Finding finding);
}
