package org.ipspipeline.pipeline.engine;

import com.lmax.disruptor.Sequence;

/**
 * Follows one event at a time through a lane to measure how long it takes from its poll to the end of a last group. The
 * thread that polls sends it, the worker that has finished the event takes it in.
 */
final class Probe {

    private static final long NONE = -1;

    private final Sequence target = new Sequence(NONE);
    private long sentNanos;

    boolean isFree() {
        return target.get() == NONE;
    }

    void send(long sequence, long nanoTime) {
        sentNanos = nanoTime;
        target.set(sequence); // a release: whoever sees the target sees the time
    }

    /** Whether the probe follows one of these events. */
    boolean isAmong(long first, long last) {
        long sequence = target.get();
        return sequence >= first && sequence <= last;
    }

    /** When the event was polled. Frees the probe. */
    long takeIn() {
        long nanos = sentNanos;
        target.set(NONE);
        return nanos;
    }
}
