package org.ipspipeline.ips.jail;

import java.util.concurrent.atomic.LongAdder;

/** What a jail has done since it was first there, through all reloads. Any thread counts, any thread reads. */
public final class JailMeter {

    private final LongAdder matches = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder tooOld = new LongAdder();
    private final LongAdder withoutAddress = new LongAdder();
    private final LongAdder lostNames = new LongAdder();
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();

    /** Begins at zero. */
    public JailMeter() {}

    /** {@return failures that the filter found} */
    public long matches() {
        return matches.sum();
    }

    /** {@return failures that were counted, those of banned addresses included: fail2ban's "Total failed"} */
    public long failed() {
        return failed.sum();
    }

    /** {@return failures of addresses that the jail ignores} */
    public long ignored() {
        return ignored.sum();
    }

    /** {@return failures further back than the jail looks} */
    public long tooOld() {
        return tooOld.sum();
    }

    /** {@return failures of somebody who has no address, so that nothing can be banned} */
    public long withoutAddress() {
        return withoutAddress.sum();
    }

    /** {@return failures of hosts whose names came faster than they could be resolved} */
    public long lostNames() {
        return lostNames.sum();
    }

    /** {@return bans that began: fail2ban's "Total banned"} */
    public long begun() {
        return begun.sum();
    }

    /** {@return bans that are in force} */
    public long active() {
        return begun.sum() - ended.sum();
    }

    /**
     * Counts failures that the filter found.
     *
     * @param count how many
     */
    public void matched(long count) {
        matches.add(count);
    }

    /** Counts a failure that counts. */
    public void failure() {
        failed.increment();
    }

    /** Counts a failure of an address that the jail ignores. */
    public void ignoredOne() {
        ignored.increment();
    }

    /** Counts a failure from too long ago. */
    public void oldOne() {
        tooOld.increment();
    }

    /** Counts a failure of a host whose name there was no time to resolve. */
    public void nameLost() {
        lostNames.increment();
    }

    void addressless() {
        withoutAddress.increment();
    }

    /** Counts the beginning of a ban. */
    public void banBegan() {
        begun.increment();
    }

    /** Counts the end of a ban. */
    public void banEnded() {
        ended.increment();
    }
}
