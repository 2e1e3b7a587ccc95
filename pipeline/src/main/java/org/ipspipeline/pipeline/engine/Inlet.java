package org.ipspipeline.pipeline.engine;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.pipeline.metrics.WorkerMeter;
import org.ipspipeline.pipeline.stage.Source;
import org.jspecify.annotations.Nullable;

/**
 * Fills a lane's ring from its source: the ring's single producer, at any time one thread. Where several threads may poll, a
 * token goes from one to the next, and with it all that the last one did.
 */
final class Inlet<E> {

    private static final long FREE = 0;
    private static final long TAKEN = 1;
    private static final long MIN_PAUSE_NANOS = 1_000_000L;
    private static final long MAX_PAUSE_NANOS = 1_000_000_000L;

    private final int number;
    private final Source<E> source;
    private final RingBuffer<E> ring;
    private final Probe[] probes;
    private final int sampling;
    private final RunState state;
    private final FailureLog log;
    private final @Nullable Sequence token;

    private final AtomicLong failedPolls = new AtomicLong();
    private volatile boolean closed;
    private int fillsToProbe = 1;
    private long pauseNanos;
    private long pausedAtNanos;
    private long toldHandled;

    Inlet(
            int number,
            Source<E> source,
            RingBuffer<E> ring,
            Probe[] probes,
            int sampling,
            boolean shared,
            RunState state,
            FailureLog log) {
        this.number = number;
        this.source = source;
        this.ring = ring;
        this.probes = probes;
        this.sampling = sampling;
        this.token = shared ? new Sequence(FREE) : null;
        this.state = state;
        this.log = log;
    }

    /**
     * Polls the source for as long as something comes and there is room.
     *
     * @param limit how many events to fill at most
     * @param place the calling worker's
     * @return how many were filled
     */
    int fill(int limit, WorkerMeter place) {
        if (closed) {
            return 0;
        }
        if (token == null) {
            return fillAlone(limit, place);
        }
        if (token.get() == TAKEN || !token.compareAndSet(FREE, TAKEN)) {
            return 0;
        }
        try {
            return closed ? 0 : fillAlone(limit, place);
        } finally {
            token.set(FREE); // a release, which the next compareAndSet acquires
        }
    }

    private int fillAlone(int limit, WorkerMeter place) {
        if (state.isDraining()) {
            closed = true;
            return 0;
        }
        if (pauseNanos != 0 && System.nanoTime() - pausedAtNanos < pauseNanos) {
            return 0;
        }
        long next = ring.getCursor() + 1;
        int filled = 0;
        boolean ended = false;
        try {
            tellHandled();
            // Only what Disruptor has already found free is filled: it then grants these slots without looking again.
            while (filled < limit && ring.hasAvailableCapacity(filled + 1)) {
                place.beginEvent(next + filled);
                if (!source.poll(ring.get(next + filled))) {
                    ended = source.isExhausted();
                    break;
                }
                filled++;
            }
            pauseNanos = 0;
        } catch (Throwable failure) {
            onFailure(failure);
        }
        if (filled > 0) {
            publish(next, filled);
        }
        if (ended) {
            closed = true; // after the last publication: who sees this sees the final cursor
        }
        return filled;
    }

    /** Events are counted from 1 and sequences from 0. */
    private void tellHandled() {
        if (toldHandled == ring.getCursor() + 1) {
            return;
        }
        long handled = ring.getMinimumGatingSequence() + 1;
        if (handled > toldHandled) {
            toldHandled = handled;
            source.handled(handled);
        }
    }

    private void publish(long first, int count) {
        if (--fillsToProbe <= 0) {
            sendProbes(first);
            fillsToProbe = sampling;
        }
        try {
            long last = ring.tryNext(count);
            ring.publish(first, last);
        } catch (InsufficientCapacityException e) {
            throw new IllegalStateException("the ring has lost room that it had granted", e);
        }
    }

    private void sendProbes(long sequence) {
        long now = probes.length == 0 ? 0 : System.nanoTime();
        for (Probe probe : probes) {
            if (probe.isFree()) {
                probe.send(sequence, now);
            }
        }
    }

    private void onFailure(Throwable failure) {
        failedPolls.incrementAndGet();
        if (RunState.isFatal(failure)) {
            state.fail(failure);
            return;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // the worker sees to it
            return;
        }
        pauseNanos = Math.min(MAX_PAUSE_NANOS, Math.max(MIN_PAUSE_NANOS, 2 * pauseNanos));
        pausedAtNanos = System.nanoTime();
        log.report("source " + number + " failed to poll", failure);
    }

    /** Whether nothing will come any more. */
    boolean isClosed() {
        return closed;
    }

    /** How often the source has thrown. */
    long failedPolls() {
        return failedPolls.get();
    }

    /** Closes the source; when no worker runs any more. */
    void closeSource() {
        try {
            tellHandled();
            source.close();
        } catch (Exception e) {
            log.report("source " + number + " failed to close", e);
        }
    }
}
