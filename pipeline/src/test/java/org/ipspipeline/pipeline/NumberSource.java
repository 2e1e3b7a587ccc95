package org.ipspipeline.pipeline;

import org.ipspipeline.pipeline.stage.Source;
import org.jspecify.annotations.Nullable;

/** Numbers from 0 to a limit, and then its end. Checks that no two threads poll it at once. */
final class NumberSource implements Source<NumberEvent> {

    private final int source;
    private final long count;
    private long next;
    private volatile @Nullable Thread polling;
    volatile boolean closed;
    volatile boolean polledAtOnce;

    NumberSource(int source, long count) {
        this.source = source;
        this.count = count;
    }

    @Override
    public boolean poll(NumberEvent event) {
        if (polling != null) {
            polledAtOnce = true;
        }
        polling = Thread.currentThread();
        try {
            if (next == count) {
                return false;
            }
            event.source = source;
            event.number = next++;
            event.trail = 0;
            return true;
        } finally {
            polling = null;
        }
    }

    @Override
    public boolean isExhausted() {
        return next == count;
    }

    @Override
    public void close() {
        closed = true;
    }

    long polled() {
        return next;
    }
}
