package org.ipspipeline.ips.count;

/** How a thread waits for another that is in the middle of a few stores. */
final class Spins {

    private static final int BEFORE_YIELD = 64;

    private Spins() {}

    /** Waits a moment; longer once that was of no avail: the other thread may have lost its processor to this one. */
    @SuppressWarnings("ThreadPriorityCheck") // no thread's progress depends on the yield, it only ends the wait sooner
    static void pause(int tries) {
        if (tries < BEFORE_YIELD) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
