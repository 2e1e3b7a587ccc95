package org.ipspipeline.ips.ban;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The figures of a {@link BanKeeper}. The keeper's thread writes them; any thread may read, each figure exact, all of them
 * close to the same moment.
 */
final class BanTotals {

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong repaired = new AtomicLong();
    private final AtomicLong restored = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private final AtomicLong lifted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong active4 = new AtomicLong();
    private final AtomicLong active6 = new AtomicLong();
    private final AtomicLong distinct = new AtomicLong();

    BanTotals() {}

    /** Bans that began. */
    long begun() {
        return begun.get();
    }

    /** Bans of prefixes that were banned already, which prolonged the ban. */
    long repeated() {
        return repeated.get();
    }

    /** Bans whose time was over. */
    long expired() {
        return expired.get();
    }

    /** Bans that somebody lifted. */
    long lifted() {
        return lifted.get();
    }

    /** Bans that were given up because the table was full. */
    long refused() {
        return refused.get();
    }

    /** Bans in force. */
    long active() {
        return active4() + active6();
    }

    /** Bans of IPv4 prefixes in force. */
    long active4() {
        return active4.get();
    }

    /** Bans of IPv6 prefixes in force. */
    long active6() {
        return active6.get();
    }

    /** Different prefixes that were ever banned; beyond a million an estimate within about 1 %. */
    long distinct() {
        return distinct.get();
    }

    void began(boolean ipv4) {
        add(begun, 1);
        add(ipv4 ? active4 : active6, 1);
    }

    void restored(boolean ipv4) {
        add(restored, 1);
        add(ipv4 ? active4 : active6, 1);
    }

    /** Bans that began before this process. */
    long restored() {
        return restored.get();
    }

    /** Bans that an enforcer lacked, or had too many of, and that were made good. */
    long repaired() {
        return repaired.get();
    }

    void repaired(int count) {
        add(repaired, count);
    }

    void repeats() {
        add(repeated, 1);
    }

    void ended(boolean ipv4, BanListener.End end) {
        add(end == BanListener.End.EXPIRED ? expired : lifted, 1);
        add(ipv4 ? active4 : active6, -1);
    }

    void refuses() {
        add(refused, 1);
    }

    void distinct(long count) {
        distinct.lazySet(count);
    }

    private static void add(AtomicLong total, long delta) {
        total.lazySet(total.getPlain() + delta);
    }
}
