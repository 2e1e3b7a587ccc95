package org.ipspipeline.benchmarks.ring;

/**
 * How every contender waits, those in C too: it spins for a few microseconds, longer than an answer takes, and then yields, as
 * there may be more threads than processors.
 */
final class Pause {

    private static final int TRIES_BEFORE_YIELD = 64;

    private int tries;

    @SuppressWarnings("ThreadPriorityCheck") // on few cores the other side may need this one to go on
    void once() {
        if (++tries % TRIES_BEFORE_YIELD == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}
