package org.ipspipeline.pipeline.claim;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;

/**
 * The claim of a ring that any worker of the group may serve, but one at a time: the events are handled in their order, and
 * each worker sees what the one before it did.
 */
public final class OrderedClaim implements Claim {

    private static final long FREE = 0;
    private static final long TAKEN = 1;

    private final SequenceBarrier upstream;
    private final Sequence progress = new Sequence();
    /** Padded as every sequence, so that those who try for it leave the progress alone. */
    private final Sequence token = new Sequence(FREE);

    /**
     * Makes a claim from the ring's beginning.
     *
     * @param upstream what the groups before have finished
     */
    public OrderedClaim(SequenceBarrier upstream) {
        this.upstream = upstream;
    }

    @Override
    public boolean take(int worker, int limit, Batch into) {
        // Looking before trying keeps the lines shared among idle workers: only a ring with work is written to.
        if (upstream.getCursor() <= progress.get() || token.get() == TAKEN || !token.compareAndSet(FREE, TAKEN)) {
            return false;
        }
        long done = progress.get(); // read again: it may have moved before the token was free
        long available = upstream.getCursor();
        if (available <= done) {
            token.set(FREE);
            return false;
        }
        into.set(done + 1, Math.min(done + limit, available));
        return true;
    }

    @Override
    public void release(int worker, Batch batch) {
        progress.set(batch.last());
        token.set(FREE); // a release, which the next holder's compareAndSet acquires: with it comes all that was done
    }

    @Override
    public Sequence progress() {
        return progress;
    }

    @Override
    public long depth() {
        long done = progress.get();
        return Math.max(0, upstream.getCursor() - done);
    }
}
