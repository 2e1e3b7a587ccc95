package org.ipspipeline.ips.count;

/**
 * One worker's way into the shared table: turns times into ticks, drops what is too old and keeps the worker's figures.
 *
 * <p>For one thread, but for the figures, which any may read. Allocates nothing after construction.
 */
public final class FailureCounter {

    private final FailureTable table;
    private final FailureTally tally = new FailureTally();
    private long now;

    /**
     * @param table shared by all workers
     */
    public FailureCounter(FailureTable table) {
        this.table = table;
    }

    /**
     * Sets the time from which bans run and to which "too old" refers; once a block of lines is often enough.
     *
     * @param nowNanos on the clock of {@link System#nanoTime()}
     */
    public void begin(long nowNanos) {
        now = table.tick(nowNanos);
    }

    /**
     * Counts failures that a line reports.
     *
     * @param high the client's upper half, see {@link ClientPrefix}
     * @param low the client's lower half
     * @param rule the jail's
     * @param attempts how many failures the line reports, at least 1
     * @param failedNanos when they happened, on the clock of {@link System#nanoTime()}
     * @param writtenNanos when the line was written, on the same clock: from the end of a ban on, lines count again
     * @return what became of them
     */
    public Outcome fail(long high, long low, FailureRule rule, int attempts, long failedNanos, long writtenNanos) {
        long failed = table.tick(failedNanos);
        Outcome outcome = rule.isTooOld(failed, now)
                ? Outcome.TOO_OLD
                : table.fail(high, low, rule, attempts, failed, table.tick(writtenNanos), now, tally);
        tally.came(outcome);
        return outcome;
    }

    /**
     * Notes a failure of an address that its jail ignores.
     *
     * @return {@link Outcome#IGNORED}
     */
    public Outcome ignore() {
        tally.came(Outcome.IGNORED);
        return Outcome.IGNORED;
    }

    /**
     * How many lines had an outcome.
     *
     * @param outcome which
     * @return the number since construction
     */
    public long lines(Outcome outcome) {
        return tally.get(outcome);
    }

    /**
     * How many addresses this worker entered into the table.
     *
     * @return the number since construction
     */
    public long entered() {
        return tally.entered();
    }

    /**
     * How many of the entered addresses took the place of another because their bucket was full.
     *
     * @return the number since construction
     */
    public long evicted() {
        return tally.evicted();
    }
}
