package org.ipspipeline.ips.ban;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The figures of a {@link BanKeeper}. The keeper's thread writes them; any thread may read, each figure exact, all of them
 * close to the same moment.
 */
public final class BanTotals {

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private final AtomicLong lifted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong active4 = new AtomicLong();
    private final AtomicLong active6 = new AtomicLong();
    private final AtomicLong distinct = new AtomicLong();

    BanTotals() {}

    /**
     * {@return bans that began}
     */
    public long begun() {
        return begun.get();
    }

    /**
     * {@return bans of prefixes that were banned already, which prolonged the ban}
     */
    public long repeated() {
        return repeated.get();
    }

    /**
     * {@return bans whose time was over}
     */
    public long expired() {
        return expired.get();
    }

    /**
     * {@return bans that somebody lifted}
     */
    public long lifted() {
        return lifted.get();
    }

    /**
     * {@return bans that were given up because the table was full}
     */
    public long refused() {
        return refused.get();
    }

    /**
     * {@return bans in force}
     */
    public long active() {
        return active4() + active6();
    }

    /**
     * {@return bans of IPv4 prefixes in force}
     */
    public long active4() {
        return active4.get();
    }

    /**
     * {@return bans of IPv6 prefixes in force}
     */
    public long active6() {
        return active6.get();
    }

    /**
     * {@return different prefixes that were ever banned; beyond a million an estimate within about 1 %}
     */
    public long distinct() {
        return distinct.get();
    }

    void began(boolean ipv4) {
        add(begun, 1);
        add(ipv4 ? active4 : active6, 1);
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
