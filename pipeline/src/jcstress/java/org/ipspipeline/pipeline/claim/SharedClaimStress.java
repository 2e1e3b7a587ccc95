package org.ipspipeline.pipeline.claim;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link SharedClaim} promises to the workers, to the groups downstream and to the producer, under real concurrency. */
public class SharedClaimStress {

    private static final int EVENTS = 4;
    private static final int WORKERS = 2;

    /** A ring of events that have come, and the claims of two workers on it. */
    abstract static class Shared {

        final RingBuffer<int[]> ring =
                RingBuffer.createSingleProducer(() -> new int[1], EVENTS, new YieldingWaitStrategy());
        final SharedClaim claim = new SharedClaim(ring.newBarrier(), WORKERS);

        Shared(int published) {
            ring.addGatingSequences(claim.progress());
            for (int event = 0; event < published; event++) {
                ring.publish(ring.next());
            }
        }

        /** Handles everything that is there: leaves a 1 in each event, or more where it was handled before. */
        final int handleAll(int worker) {
            Batch batch = new Batch();
            int handled = 0;
            while (claim.take(worker, 1, batch)) {
                for (long sequence = batch.first(); sequence <= batch.last(); sequence++) {
                    ring.get(sequence)[0]++;
                    handled++;
                }
                claim.release(worker, batch);
            }
            return handled;
        }
    }

    /** Two workers at the same ring: together they get each event, and no event twice. */
    @JCStressTest
    @Outcome(id = "0, 4", expect = Expect.ACCEPTABLE, desc = "the second took all")
    @Outcome(id = "1, 3", expect = Expect.ACCEPTABLE, desc = "shared")
    @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "shared")
    @Outcome(id = "3, 1", expect = Expect.ACCEPTABLE, desc = "shared")
    @Outcome(id = "4, 0", expect = Expect.ACCEPTABLE, desc = "the first took all")
    @Outcome(expect = Expect.FORBIDDEN, desc = "an event was lost or handled twice")
    @State
    public static class EachEventOnce extends Shared {

        public EachEventOnce() {
            super(EVENTS);
        }

        @Actor
        public void first(II_Result result) {
            result.r1 = handleAll(0);
        }

        @Actor
        public void second(II_Result result) {
            result.r2 = handleAll(1);
        }
    }

    /**
     * A group downstream reads the progress while two workers claim: it sees no event that is not handled. It takes the
     * second worker's part as well, so that two threads suffice.
     */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "every event within the progress was handled")
    @Outcome(expect = Expect.FORBIDDEN, desc = "events reached the next group before they were handled")
    @State
    public static class ProgressIsBehindTheWork extends Shared {

        public ProgressIsBehindTheWork() {
            super(EVENTS);
        }

        @Actor
        public void first() {
            handleAll(0);
        }

        @Actor
        public void secondAndDownstream(I_Result result) {
            Batch batch = new Batch();
            int early = countEarly();
            for (int turn = 0; turn < EVENTS; turn++) {
                if (claim.take(1, 1, batch)) {
                    early += countEarly();
                    ring.get(batch.first())[0]++;
                    claim.release(1, batch);
                }
                early += countEarly();
            }
            result.r1 = early;
        }

        private int countEarly() {
            int early = 0;
            long done = claim.progress().get();
            for (long sequence = 0; sequence <= done; sequence++) {
                early += ring.get(sequence)[0] == 1 ? 0 : 1;
            }
            return early;
        }
    }

    /** The producer goes round the ring while a worker is at it: it gets no slot that the worker still holds. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "every slot was handled before it was filled again")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a slot was filled while it was claimed and not finished")
    @State
    public static class ProducerWaitsForTheWork extends Shared {

        public ProducerWaitsForTheWork() {
            super(EVENTS);
        }

        @Actor
        public void worker() {
            handleAll(0);
        }

        @Actor
        public void producer(I_Result result) {
            int early = 0;
            long next = EVENTS;
            for (int look = 0; look < 4 * EVENTS && next < 2 * EVENTS; look++) {
                if (ring.hasAvailableCapacity(1)) {
                    early += ring.get(next)[0] == 1 ? 0 : 1; // what the slot holds is the event of a round ago
                    ring.get(next)[0] = 0;
                    ring.publish(ring.next());
                    next++;
                }
            }
            result.r1 = early;
        }
    }
}
