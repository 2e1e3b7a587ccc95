package org.ipspipeline.pipeline.idle;

/**
 * What a worker does when a round over its segments has found nothing. Implementations keep no state of their own, so that
 * one instance serves all workers.
 *
 * <p>It stands where Disruptor has a wait strategy: those wait on one ring, whereas a worker here looks after several.
 */
@FunctionalInterface
public interface IdleStrategy {

    /**
     * Passes some time.
     *
     * @param emptyRounds how many rounds in a row have found nothing, from 1
     */
    void idle(int emptyRounds);

    /** The strategy to use instead where the workers do not have a CPU each. */
    default IdleStrategy onSharedCpus() {
        return this;
    }

    /**
     * Never gives the CPU away: reacts within nanoseconds, and takes a whole CPU for each worker. Only where every worker
     * has a CPU of its own: with fewer, the workers would wait for one another in turn, and a pipeline yields instead.
     */
    static IdleStrategy spinning() {
        return new Spinning();
    }

    /** Spins a little and then lets other threads run: for workers that share CPUs and must react fast. Idle takes a CPU. */
    static IdleStrategy yielding() {
        return new Yielding(100);
    }

    /** Spins, yields, then sleeps 50 us to 1 ms at a time, the longer the less there is to do. Idle takes next to nothing. */
    static IdleStrategy backingOff() {
        return backingOff(100, 100, 50_000, 1_000_000);
    }

    /**
     * Spins, yields, then sleeps for a time that doubles.
     *
     * @param spins how many rounds to spin, from 0
     * @param yields how many rounds after that to yield, from 0
     * @param minSleepNanos the first sleep in ns, from 1; the kernel's timer adds some 50 us
     * @param maxSleepNanos the longest sleep in ns, which bounds what an idle worker adds to an event's latency
     */
    static IdleStrategy backingOff(int spins, int yields, long minSleepNanos, long maxSleepNanos) {
        return new BackingOff(spins, yields, minSleepNanos, maxSleepNanos);
    }
}
