package org.ipspipeline.ips.count;

import java.util.concurrent.atomic.AtomicLong;

/** What one worker counted. One thread writes, any may read. */
final class FailureTally {

    /** For callers whose entries nobody counts: its figures are never read. */
    static final FailureTally IGNORED = new FailureTally();

    private final AtomicLong counted = new AtomicLong();
    private final AtomicLong banned = new AtomicLong();
    private final AtomicLong alreadyBanned = new AtomicLong();
    private final AtomicLong tooOld = new AtomicLong();
    private final AtomicLong ignored = new AtomicLong();
    private final AtomicLong entered = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();

    void came(Outcome outcome) {
        increment(of(outcome));
    }

    void entered(boolean inPlaceOfAnother) {
        increment(entered);
        if (inPlaceOfAnother) {
            increment(evicted);
        }
    }

    long get(Outcome outcome) {
        return of(outcome).get();
    }

    long entered() {
        return entered.get();
    }

    long evicted() {
        return evicted.get();
    }

    private AtomicLong of(Outcome outcome) {
        return switch (outcome) {
            case COUNTED -> counted;
            case BANNED -> banned;
            case ALREADY_BANNED -> alreadyBanned;
            case TOO_OLD -> tooOld;
            case IGNORED -> ignored;
        };
    }

    /** A plain addition is enough for the only writer; release, so that readers see it soon without a fence here. */
    private static void increment(AtomicLong counter) {
        counter.lazySet(counter.getPlain() + 1);
    }
}
