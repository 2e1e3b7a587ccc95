package org.ipspipeline.ips.jail;

import org.ipspipeline.ips.source.LineSource;

/** A source of lines, and what judges them. */
public interface Feed {

    /** {@return where the lines come from} */
    LineSource source();

    /**
     * Makes ready for a worker.
     *
     * @param worker the worker's number
     * @return for that worker; the same for all of them where {@link #ordered()}
     */
    Judge judge(int worker);

    /** {@return whether a verdict may depend on earlier lines of the source, so that its blocks must be judged in their order} */
    boolean ordered();

    /**
     * {@return the number of the jail that a failure belongs to}
     *
     * @param pattern as it stands in the block
     */
    int jail(int pattern);

    /**
     * {@return whether its lines are judged for a jail}
     *
     * @param jail the jail's number
     */
    boolean serves(int jail);

    /** {@return how many lines were given up because expressions took too many steps; close to the present} */
    default long overBudget() {
        return 0;
    }

    /** {@return of how many lines only the beginning was looked at; close to the present} */
    default long cutLines() {
        return 0;
    }

    /** {@return how many lines held no address where one should stand; close to the present} */
    default long malformed() {
        return 0;
    }
}
