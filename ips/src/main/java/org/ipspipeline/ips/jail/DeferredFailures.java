package org.ipspipeline.ips.jail;

import org.ipspipeline.ips.filter.Failure;

/** Takes failures whose address is not known at once, because a name has to be resolved. */
@FunctionalInterface
public interface DeferredFailures {

    /**
     * Takes a failure; never waits.
     *
     * @param jail the jail's number
     * @param failure whose identity is a host name
     */
    void take(int jail, Failure failure);
}
