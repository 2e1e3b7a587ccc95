package org.ipspipeline.pipeline.engine;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ipspipeline.pipeline.claim.Claim;
import org.ipspipeline.pipeline.claim.ExclusiveClaim;
import org.ipspipeline.pipeline.claim.OrderedClaim;
import org.ipspipeline.pipeline.claim.SharedClaim;
import org.ipspipeline.pipeline.topology.StageGroup;
import org.ipspipeline.pipeline.topology.Topology;
import org.jspecify.annotations.Nullable;

/** Everything of one source: its inlet, its ring, and each group's claim on that. */
final class Lane<E> {

    private final int number;
    private final RingBuffer<E> ring;
    private final Inlet<E> inlet;
    private final FailureMarks failures;
    private final List<@Nullable Claim> claims = new ArrayList<>();
    private final @Nullable Probe[] probes;

    Lane(Declaration<E> declaration, Topology topology, int number, RunState state, FailureLog log) {
        this.number = number;
        this.failures = new FailureMarks(declaration.ringSize());
        // No thread ever waits on the ring itself: a worker has several to look after.
        this.ring = RingBuffer.createSingleProducer(
                declaration.events()::get, declaration.ringSize(), new YieldingWaitStrategy());
        List<StageGroup> groups = topology.groups();
        for (StageGroup group : groups) {
            claims.add(group.stages().isEmpty() ? null : claim(group));
        }
        this.probes = new Probe[groups.size()];
        List<Sequence> gates = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            if (groups.get(group).last()) {
                gates.add(claim(group).progress());
                probes[group] = declaration.timestamps() == null ? new Probe() : null;
            }
        }
        ring.addGatingSequences(gates.toArray(Sequence[]::new));
        this.inlet = new Inlet<>(
                number,
                declaration.sources().get(number),
                ring,
                Arrays.stream(probes).filter(probe -> probe != null).toArray(Probe[]::new),
                declaration.sampling(),
                groups.get(0).shared() && groups.get(0).threads() > 1,
                state,
                log);
    }

    private Claim claim(StageGroup group) {
        SequenceBarrier upstream = ring.newBarrier(
                group.after().stream().map(before -> claim(before).progress()).toArray(Sequence[]::new));
        if (!group.shared() || group.threads() == 1) {
            return new ExclusiveClaim(upstream);
        }
        return group.ordered() ? new OrderedClaim(upstream) : new SharedClaim(upstream, group.threads());
    }

    int number() {
        return number;
    }

    RingBuffer<E> ring() {
        return ring;
    }

    Inlet<E> inlet() {
        return inlet;
    }

    FailureMarks failures() {
        return failures;
    }

    /** The claim of a group that has stages. */
    Claim claim(int group) {
        Claim claim = claims.get(group);
        if (claim == null) {
            throw new IllegalArgumentException("group " + group + " has no stages");
        }
        return claim;
    }

    /** The probe that ends in a group, or null. */
    @Nullable
    Probe probe(int group) {
        return probes[group];
    }

    /** Whether a group has handled everything that will ever come. */
    boolean isDone(int group) {
        // The inlet closes behind its last publication, so the cursor that is read after that is the final one.
        return inlet.isClosed() && claim(group).progress().get() >= ring.getCursor();
    }

    /** How many events have come. */
    long published() {
        return ring.getCursor() + 1;
    }
}
