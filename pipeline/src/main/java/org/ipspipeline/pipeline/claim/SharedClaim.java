package org.ipspipeline.pipeline.claim;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import java.util.Arrays;

/**
 * The claim of a ring that several workers serve at once, each with a batch of its own, in no order among the batches.
 *
 * <p>A worker <em>announces</em> in its own {@code held} sequence where its batch will begin, and then moves {@code claimed}
 * beyond it by compare-and-set; when the batch is handled it withdraws the announcement. Whoever sees that {@code claimed} has
 * moved therefore sees the announcement too, or what came after it. A worker that is idle holds nothing back, whichever ring
 * it looks at next.
 *
 * <p>An announcement whose compare-and-set fails was never a claim; it is replaced at once. For that instant the progress may
 * step back, which holds those who read it up, and does no harm: they rely on no event being ahead of it.
 *
 * <p>The upstream cursor must be contiguous, as that of a ring with a single producer is.
 */
public final class SharedClaim implements Claim {

    private final SequenceBarrier upstream;
    private final Sequence claimed = new Sequence();
    private final Sequence[] held;
    private final SharedProgress progress;

    /**
     * Makes a claim from the ring's beginning.
     *
     * @param upstream what the groups before have finished
     * @param workers how many workers serve the ring
     */
    public SharedClaim(SequenceBarrier upstream, int workers) {
        this.upstream = upstream;
        this.held = new Sequence[workers];
        Arrays.setAll(held, worker -> new Sequence(SharedProgress.NOTHING));
        this.progress = new SharedProgress(claimed, held);
    }

    @Override
    public boolean take(int worker, int limit, Batch into) {
        Sequence own = held[worker];
        boolean announced = false;
        while (true) {
            long begin = claimed.get();
            long available = upstream.getCursor();
            if (available <= begin) {
                if (announced) {
                    own.set(SharedProgress.NOTHING);
                }
                return false;
            }
            long end = begin + share(available - begin, limit);
            // A release is enough: the compare-and-set after it is one as well, so nobody can see it without seeing
            // this.
            own.set(begin);
            announced = true;
            if (claimed.compareAndSet(begin, end)) {
                into.set(begin + 1, end);
                return true;
            }
        }
    }

    /** Leaves something for the others: what waits is shared out in pieces that become smaller as it runs out. */
    private long share(long waiting, int limit) {
        long piece = waiting / (2L * held.length);
        return Math.max(1, Math.min(piece, limit));
    }

    @Override
    public void release(int worker, Batch batch) {
        held[worker].set(SharedProgress.NOTHING); // a release: whoever sees it sees what was done to the events
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
