package org.ipspipeline.ips.match;

import org.ipspipeline.ipc.LineBuffer;

/** Judges a line of which a scan says that some patterns may match it. */
@FunctionalInterface
public interface LineConfirmer {

    /**
     * Judges a line. Called in the order of the lines, at most once for each.
     *
     * @param lines holds the line
     * @param line its index
     * @param candidates the patterns that may match; valid during the call
     */
    void confirm(LineBuffer lines, int line, Candidates candidates);
}
