package org.ipspipeline.pipeline.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimTest {

    private static final RingBuffer<Object> EMPTY = newRing();

    private static RingBuffer<Object> newRing() {
        return RingBuffer.createSingleProducer(Object::new, 16, new YieldingWaitStrategy());
    }

    private static void publish(RingBuffer<Object> ring, int events) {
        for (int event = 0; event < events; event++) {
            ring.publish(ring.next());
        }
    }

    /** A claim with the ring behind it, gated by it. */
    record Gated(RingBuffer<Object> ring, Claim claim) {

        Gated {
            ring.addGatingSequences(claim.progress());
        }

        static Gated exclusive() {
            RingBuffer<Object> ring = newRing();
            return new Gated(ring, new ExclusiveClaim(ring.newBarrier()));
        }

        static Gated ordered() {
            RingBuffer<Object> ring = newRing();
            return new Gated(ring, new OrderedClaim(ring.newBarrier()));
        }

        static Gated shared(int workers) {
            RingBuffer<Object> ring = newRing();
            return new Gated(ring, new SharedClaim(ring.newBarrier(), workers));
        }
    }

    static Stream<Gated> claims() {
        return Stream.of(Gated.exclusive(), Gated.ordered(), Gated.shared(1), Gated.shared(3));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void takesWhatHasComeOnceAndInPieces(Gated gated) {
        Batch batch = new Batch();
        assertThat(gated.claim().take(0, 4, batch)).as("empty").isFalse();
        publish(gated.ring(), 10);
        assertThat(gated.claim().depth()).isEqualTo(10);
        long next = 0;
        while (gated.claim().take(0, 4, batch)) {
            assertThat(batch.first()).isEqualTo(next);
            assertThat(batch.size()).isBetween(1, 4);
            assertThat(gated.claim().progress().get()).isEqualTo(next - 1);
            next = batch.last() + 1;
            gated.claim().release(0, batch);
            assertThat(gated.claim().progress().get()).isEqualTo(batch.last());
        }
        assertThat(next).isEqualTo(10);
        assertThat(gated.claim().depth()).isZero();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void holdsTheProducerBackUntilTheReleaseIsMade(Gated gated) {
        Batch batch = new Batch();
        publish(gated.ring(), 16);
        assertThat(gated.ring().hasAvailableCapacity(1)).isFalse();
        assertThat(gated.claim().take(0, 1, batch)).isTrue();
        assertThat(gated.ring().hasAvailableCapacity(1)).isFalse();
        gated.claim().release(0, batch);
        assertThat(gated.ring().hasAvailableCapacity(1)).isTrue();
        assertThat(gated.ring().hasAvailableCapacity(2)).isFalse();
    }

    @Test
    void aSharedClaimLetsWorkersFinishInAnyOrderAndProgressesBehindTheLast() {
        Gated gated = Gated.shared(2);
        publish(gated.ring(), 16);
        Batch first = new Batch();
        Batch second = new Batch();
        assertThat(gated.claim().take(0, 2, first)).isTrue();
        assertThat(gated.claim().take(1, 2, second)).isTrue();
        assertThat(second.first()).isEqualTo(first.last() + 1);
        gated.claim().release(1, second);
        assertThat(gated.claim().progress().get()).isEqualTo(-1);
        gated.claim().release(0, first);
        assertThat(gated.claim().progress().get()).isEqualTo(second.last());
    }

    @Test
    void aSharedClaimLeavesSomethingForTheOthers() {
        Gated gated = Gated.shared(2);
        publish(gated.ring(), 16);
        Batch batch = new Batch();
        assertThat(gated.claim().take(0, 64, batch)).isTrue();
        assertThat(batch.size()).isEqualTo(4);
    }

    @Test
    void anOrderedClaimHasOneHolderAtATime() {
        Gated gated = Gated.ordered();
        publish(gated.ring(), 4);
        Batch batch = new Batch();
        assertThat(gated.claim().take(0, 1, batch)).isTrue();
        assertThat(gated.claim().take(1, 1, new Batch())).isFalse();
        gated.claim().release(0, batch);
        assertThat(gated.claim().take(1, 1, batch)).isTrue();
        assertThat(batch.first()).isOne();
    }

    @Test
    void whoGetsNothingHoldsNothing() {
        SharedClaim claim = new SharedClaim(EMPTY.newBarrier(), 2);
        assertThat(claim.take(1, 1, new Batch())).isFalse();
        assertThat(claim.progress().get()).isEqualTo(-1);
    }
}
