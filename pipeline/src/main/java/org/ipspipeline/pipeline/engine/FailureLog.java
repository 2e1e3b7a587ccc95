package org.ipspipeline.pipeline.engine;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failures without being flooded by them: the first at once, with its stack, then one line a second that says how
 * many there were.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.ipspipeline.pipeline");
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final String pipeline;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong nextNanos = new AtomicLong();

    FailureLog(String pipeline) {
        this.pipeline = pipeline;
    }

    void report(String what, Throwable cause) {
        long number = failures.incrementAndGet();
        long now = System.nanoTime();
        if (number == 1) {
            nextNanos.set(now + INTERVAL_NANOS);
            LOG.warn("pipeline {}: {}", pipeline, what, cause);
            return;
        }
        long next = nextNanos.get();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + INTERVAL_NANOS)) {
            LOG.warn("pipeline {}: {}: {} (failure {} since the start)", pipeline, what, cause.toString(), number);
        }
    }
}
