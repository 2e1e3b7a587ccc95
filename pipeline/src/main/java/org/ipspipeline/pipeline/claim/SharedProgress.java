package org.ipspipeline.pipeline.claim;

import com.lmax.disruptor.Sequence;

/**
 * Up to where every event of a {@link SharedClaim} has been handled: everything claimed that is in nobody's hands.
 *
 * <p><strong>The order of the two reads is what makes it right.</strong> {@code claimed} comes first, with an acquire: a
 * worker announces before it claims, so every claim that this read includes is still announced, finished, or replaced by a
 * later announcement of the same worker, when its {@code held} is read after it. The other way round, a claim made between
 * the two reads would be taken for finished, and events would reach the next group before they were handled.
 */
final class SharedProgress extends Sequence {

    /** The value of {@code held} of a worker that holds no events. */
    static final long NOTHING = Long.MAX_VALUE;

    private final Sequence claimed;
    private final Sequence[] held;

    SharedProgress(Sequence claimed, Sequence[] held) {
        this.claimed = claimed;
        this.held = held;
    }

    @Override
    public long get() {
        long done = claimed.get();
        for (Sequence announced : held) {
            // A batch announced at c begins behind c: everything up to c itself is not in this worker's hands.
            done = Math.min(done, announced.get());
        }
        return done;
    }

    /** Moves the claims to where the ring begins; Disruptor does so when the sequence begins to gate it. */
    @Override
    public void set(long value) {
        claimed.set(value);
    }

    @Override
    public void setVolatile(long value) {
        throw new UnsupportedOperationException("progress follows from the claims");
    }

    @Override
    public boolean compareAndSet(long expected, long value) {
        throw new UnsupportedOperationException("progress follows from the claims");
    }

    @Override
    public long incrementAndGet() {
        throw new UnsupportedOperationException("progress follows from the claims");
    }

    @Override
    public long addAndGet(long increment) {
        throw new UnsupportedOperationException("progress follows from the claims");
    }

    @Override
    public long getAndAdd(long increment) {
        throw new UnsupportedOperationException("progress follows from the claims");
    }
}
