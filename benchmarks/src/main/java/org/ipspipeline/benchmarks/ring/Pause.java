package org.ipspipeline.benchmarks.ring;

/** How every contender waits: it spins, and yields now and then, as there may be more threads than processors. */
final class Pause {

    private static final int TRIES_BEFORE_YIELD = 256;

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
