package org.ipspipeline.ips.match;

import org.ipspipeline.ips.line.LineBlock;

/** Takes every line for a failure of the client whose address stands in it: no pattern is asked. For one thread. */
public interface AddressLines {

    /**
     * Finds the failures of a block. Allocates nothing.
     *
     * @param block gets the failures, after those it has
     */
    void match(LineBlock block);

    /** {@return how many lines held no address where it should stand, so that they were no failures; close to the present} */
    long malformed();
}
