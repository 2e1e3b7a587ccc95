package org.ipspipeline.pipeline.claim;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;

/** The claim of a ring that one worker alone serves: Disruptor's own protocol, one cursor that follows another. */
public final class ExclusiveClaim implements Claim {

    private final SequenceBarrier upstream;
    private final Sequence progress = new Sequence();

    /**
     * Makes a claim from the ring's beginning.
     *
     * @param upstream what the groups before have finished
     */
    public ExclusiveClaim(SequenceBarrier upstream) {
        this.upstream = upstream;
    }

    @Override
    public boolean take(int worker, int limit, Batch into) {
        // Only this worker writes the progress, so its own read needs no ordering; the barrier's read acquires the
        // events.
        long done = progress.get();
        long available = upstream.getCursor();
        if (available <= done) {
            return false;
        }
        into.set(done + 1, Math.min(done + limit, available));
        return true;
    }

    @Override
    public void release(int worker, Batch batch) {
        progress.set(batch.last()); // a release: whoever sees it sees what was done to the events
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
