package org.ipspipeline.pipeline.claim;

/** The events that one worker holds of one ring: {@code first} to {@code last}, both included. Owned by its worker. */
public final class Batch {

    private long first;
    private long last;

    /** The first sequence held. */
    public long first() {
        return first;
    }

    /** The last sequence held. */
    public long last() {
        return last;
    }

    /** How many events are held. */
    public int size() {
        return (int) (last - first + 1);
    }

    void set(long first, long last) {
        this.first = first;
        this.last = last;
    }
}
