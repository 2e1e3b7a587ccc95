package org.ipspipeline.loadgen.server;

/** Decides about a client before its request is looked at; called by all receiving threads, without allocation. */
@FunctionalInterface
interface RequestGate {

    /** Lets everybody in. */
    RequestGate OPEN = (high, low) -> false;

    /**
     * {@return whether its requests are to be dropped now}
     *
     * @param high the first half of the client's address
     * @param low the second half
     */
    boolean isBanned(long high, long low);
}
