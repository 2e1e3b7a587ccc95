package org.ipspipeline.pipeline.claim;

import com.lmax.disruptor.Sequence;

/**
 * What of one ring a group of workers has yet to handle. Each event is taken exactly once. Nothing here waits, locks or
 * allocates.
 */
public sealed interface Claim permits ExclusiveClaim, OrderedClaim, SharedClaim {

    /**
     * Takes the next events that the groups before have finished. A worker holds one batch at a time over all rings.
     *
     * @param worker the worker's number in its group
     * @param limit how many to take at most, from 1
     * @param into set to what was taken; untouched when nothing was
     * @return whether anything was taken; false also when only the others' hold on the ring forbids it
     */
    boolean take(int worker, int limit, Batch into);

    /**
     * Gives back what was taken: all of it has been handled.
     *
     * @param worker who took it
     * @param batch as {@link #take} has set it
     */
    void release(int worker, Batch batch);

    /** Up to where every event has been handled: what the groups after this one and the producer may rely on. */
    Sequence progress();

    /** How many events wait or are being handled; a moment's value that any thread may ask for. */
    long depth();
}
