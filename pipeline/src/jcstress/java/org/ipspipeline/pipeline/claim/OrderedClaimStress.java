package org.ipspipeline.pipeline.claim;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two workers at an {@link OrderedClaim}: in order, one at a time, each seeing what the other did, nothing left over. */
@JCStressTest
@Outcome(id = "4, 0", expect = Expect.ACCEPTABLE, desc = "all four events in their order")
@Outcome(id = "3, 0", expect = Expect.ACCEPTABLE, desc = "one is left, since its holder's release came too late")
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "two are left, likewise")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "three are left, likewise")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "an event was handled out of its order, twice, or at the same time as another")
@State
public class OrderedClaimStress {

    private static final int EVENTS = 4;

    private final RingBuffer<int[]> ring =
            RingBuffer.createSingleProducer(() -> new int[1], EVENTS, new YieldingWaitStrategy());
    private final OrderedClaim claim = new OrderedClaim(ring.newBarrier());

    /** Plain: only the claim orders the workers' accesses. */
    private long expected;

    private int wrong;

    public OrderedClaimStress() {
        ring.addGatingSequences(claim.progress());
        for (int event = 0; event < EVENTS; event++) {
            ring.publish(ring.next());
        }
    }

    private void handle(int worker) {
        Batch batch = new Batch();
        for (int turn = 0; turn < EVENTS; turn++) {
            if (claim.take(worker, 1, batch)) {
                wrong += batch.first() == expected ? 0 : 1;
                expected = batch.last() + 1;
                claim.release(worker, batch);
            }
        }
    }

    @Actor
    public void first() {
        handle(0);
    }

    @Actor
    public void second() {
        handle(1);
    }

    @Arbiter
    public void count(II_Result result) {
        result.r1 = (int) expected;
        result.r2 = wrong;
    }
}
