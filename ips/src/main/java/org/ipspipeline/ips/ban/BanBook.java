package org.ipspipeline.ips.ban;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.PortSets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the keeper knows and does, without its thread: the table of bans, their ends on the timing wheel, and what enforcers
 * and listeners are told. For one thread, but for the totals.
 */
final class BanBook {

    /** Stands for all jails where bans are asked for. */
    static final int ANY_JAIL = -1;

    private static final Logger LOG = LoggerFactory.getLogger(BanBook.class);
    private static final int DISTINCT_EXACTLY = 1 << 20;

    private final FailureTable failures;
    private final JailPolicies policies;
    private final BanHistory history;
    private final BanHistory.Past past = new BanHistory.Past();
    private final SplittableRandom chance = new SplittableRandom();
    private final BanTable table;
    private final TimingWheel wheel;
    private final BanTotals totals = new BanTotals();
    private final DistinctPrefixes distinct = new DistinctPrefixes(DISTINCT_EXACTLY);
    private final Listeners listeners;
    private final Enforcement enforcement;
    private final Crowds crowds;
    private long now;
    private long liftedLast = Long.MIN_VALUE;
    private boolean lifting;
    private boolean fullReported;

    BanBook(
            int capacity,
            FailureTable failures,
            JailPolicies policies,
            BanHistory history,
            List<Enforcer> enforcers,
            List<BanListener> listeners,
            long nowNanos) {
        this.policies = policies;
        this.history = history;
        this.failures = failures;
        table = new BanTable(capacity, AddressHash.random());
        enforcement = new Enforcement(table, enforcers);
        crowds = new Crowds(policies);
        wheel = new TimingWheel(nowNanos);
        now = nowNanos;
        this.listeners = new Listeners(listeners, table);
    }

    BanTotals totals() {
        return totals;
    }

    /** Bans that enforcers did not take from here. */
    long rejected() {
        return enforcement.rejected();
    }

    /** Ends what is over by now. */
    void advance(long nowNanos) {
        now = nowNanos;
        wheel.advance(nowNanos, this::expire);
        totals.distinct(distinct.count());
    }

    /** Hands enforcers all that they have not been handed yet. */
    void flush() {
        enforcement.flush();
        if (lifting) {
            lifting = false;
            liftedLast = System.nanoTime();
        }
    }

    /** Enters a ban that a worker has decided and immediate enforcers have been given. */
    void enter(BanNotice notice) {
        JailPolicy policy = policies.get(notice.jail);
        BanTimes times = policy == null ? BanTimes.FIXED : policy.times();
        int earlier = times.increments() ? earlier(notice, times) : 0;
        long until = earlier > 0 ? end(notice.since, times.nanos(earlier, chance.nextDouble())) : notice.until;
        int ban = begin(
                notice.high,
                notice.low,
                notice.prefixLength,
                notice.jail,
                notice.portSet,
                notice.since,
                until,
                notice.failures,
                earlier + 1);
        if (ban == BanTable.NONE) {
            refuse(notice);
            return;
        }
        boolean isNew = table.since(ban) == notice.since;
        if (isNew && counts(times)) {
            note(ban, earlier + 1);
        }
        if (until != notice.until) {
            failures.ban(notice.high, notice.low, notice.jail, until, now);
        }
        if (notice.decided <= liftedLast) {
            // What was lifted while the notice was on its way may have been this ban.
            enforcement.ban(ban);
        } else {
            enforcement.follow(ban, notice.until);
        }
        if (policy != null && policy.portSet() != table.portSet(ban)) {
            enforcement.limit(ban, policy.portSet());
        }
    }

    private int earlier(BanNotice notice, BanTimes times) {
        int jail = times.overAllJails() ? BanHistory.ALL_JAILS : notice.jail;
        history.find(notice.high, notice.low, notice.prefixLength, jail, notice.since, past);
        return past.count;
    }

    /** Whether a jail's bans make later ones longer, its own or another jail's. */
    private boolean counts(BanTimes times) {
        return times.increments() || policies.anyCountsAllJails();
    }

    /** All jails' counts are summed up, as fail2ban's database does. */
    private void note(int ban, int count) {
        note(table.high(ban), table.low(ban), table.prefixLength(ban), table.jail(ban), count, table.since(ban));
    }

    private void note(long high, long low, int prefixLength, int jail, int count, long since) {
        history.find(high, low, prefixLength, jail, since, past);
        int before = past.count;
        history.note(high, low, prefixLength, jail, count, since);
        history.find(high, low, prefixLength, BanHistory.ALL_JAILS, since, past);
        history.note(high, low, prefixLength, BanHistory.ALL_JAILS, past.count + count - before, since);
    }

    private void forgive(int ban) {
        JailPolicy policy = policies.get(table.jail(ban));
        if (policy != null && counts(policy.times())) {
            note(ban, 0);
        }
    }

    private static long end(long since, long length) {
        return length >= FailureRule.FOREVER - Math.max(since, 0) ? FailureRule.FOREVER : since + length;
    }

    /**
     * Bans what somebody decided.
     *
     * @return whether there was room
     */
    boolean ban(int jail, AddressPrefix prefix, long until) {
        int ban = begin(prefix.high(), prefix.low(), prefix.length(), jail, portSet(jail), now, until, 0, 1);
        if (ban == BanTable.NONE) {
            return false;
        }
        failures.ban(prefix.high(), prefix.low(), jail, until, now);
        enforcement.ban(ban);
        return true;
    }

    private int portSet(int jail) {
        JailPolicy policy = policies.get(jail);
        return policy == null ? PortSets.EVERYTHING : policy.portSet();
    }

    /** Goes over to what the jails' policies say by now of ports and of networks. */
    void followPolicies() {
        crowds.count(table);
        for (int ban = 0; ban < table.bound(); ban++) {
            JailPolicy policy = table.isBan(ban) ? policies.get(table.jail(ban)) : null;
            if (policy != null && policy.portSet() != table.portSet(ban)) {
                enforcement.limit(ban, policy.portSet());
            }
        }
    }

    /**
     * Puts bans into force that began before this process.
     *
     * @return for how many there was room
     */
    int restore(Collection<RestoredBan> bans) {
        int count = 0;
        for (RestoredBan restored : bans) {
            Ban before = restored.ban();
            long high = before.prefix().high();
            long low = before.prefix().low();
            int length = before.prefix().length();
            if (before.untilNanos() <= now || table.find(high, low, length, before.jail()) != BanTable.NONE) {
                continue;
            }
            int ban = table.add(
                    high, low, length, before.jail(), before.sinceNanos(), before.untilNanos(), before.failures());
            if (ban == BanTable.NONE) {
                break;
            }
            table.restored(ban);
            table.times(ban, before.times());
            table.portSet(ban, portSet(before.jail()));
            setTimer(ban, before.untilNanos());
            distinct.add(high, low, length);
            totals.restored(Addresses.isIpv4(high, low));
            failures.ban(high, low, before.jail(), before.untilNanos(), now);
            note(ban, before.times());
            enforcement.ban(ban);
            count++;
        }
        crowds.count(table);
        return count;
    }

    /** Remembers bans that have ended. */
    void remember(Collection<RestoredBan> bans) {
        for (RestoredBan restored : bans) {
            Ban before = restored.ban();
            note(
                    before.prefix().high(),
                    before.prefix().low(),
                    before.prefix().length(),
                    before.jail(),
                    before.times(),
                    before.sinceNanos());
        }
    }

    /**
     * Lifts the bans of a prefix, and of the networks around it that were banned for their many addresses.
     *
     * @return how many there were
     */
    int lift(int jail, AddressPrefix prefix) {
        int count = 0;
        for (int network = crowdedAround(jail, prefix);
                network != BanTable.NONE;
                network = crowdedAround(jail, prefix)) {
            lift(network);
            count++;
        }
        int ban = table.firstOf(prefix.high(), prefix.low(), prefix.length());
        while (ban != BanTable.NONE) {
            int following = table.nextOf(ban);
            if (jail == ANY_JAIL || table.jail(ban) == jail) {
                lift(ban);
                count++;
            }
            ban = following;
        }
        return count;
    }

    /**
     * Lifts all bans of a jail.
     *
     * @return how many there were
     */
    int liftAll(int jail) {
        int count = 0;
        for (int ban = 0; ban < table.bound(); ban++) {
            if (table.isBan(ban) && (jail == ANY_JAIL || table.jail(ban) == jail)) {
                lift(ban);
                count++;
            }
        }
        return count;
    }

    /** A ban of the network around an address that its jail's rule has banned; NONE if there is none. */
    private int crowdedAround(int jail, AddressPrefix address) {
        for (JailPolicy policy : policies.all()) {
            CrowdRule rule = crowds.rule(policy.jail(), address.high(), address.low(), address.length());
            if (rule != null && (jail == ANY_JAIL || jail == policy.jail())) {
                int ban = table.find(0, rule.network(address.low()), rule.prefixLength(), policy.jail());
                if (ban != BanTable.NONE) {
                    return ban;
                }
            }
        }
        return BanTable.NONE;
    }

    /** Whether exactly this prefix is banned, or the network around it for its many addresses. */
    boolean holds(int jail, AddressPrefix prefix) {
        if (crowdedAround(jail, prefix) != BanTable.NONE) {
            return true;
        }
        return jail == ANY_JAIL
                ? table.firstOf(prefix.high(), prefix.low(), prefix.length()) != BanTable.NONE
                : table.find(prefix.high(), prefix.low(), prefix.length(), jail) != BanTable.NONE;
    }

    /** Shows all bans of a jail, in no order. */
    void forEach(int jail, Consumer<Ban> visitor) {
        for (int ban = 0; ban < table.bound(); ban++) {
            if (table.isBan(ban) && (jail == ANY_JAIL || table.jail(ban) == jail)) {
                visitor.accept(listeners.describe(ban));
            }
        }
    }

    /** How many bans there are. */
    int bans() {
        return table.size();
    }

    /** One more than the largest number of a ban that there has been. */
    int bound() {
        return table.bound();
    }

    /** See {@link Enforcement#banMissing}. */
    int banMissing(Enforcer enforcer, BanTable held, int from, int to, long read) {
        int missing = enforcement.banMissing(enforcer, held, from, to, read);
        totals.repaired(missing);
        return missing;
    }

    /** See {@link Enforcement#liftSurplus}. */
    int liftSurplus(
            Enforcer enforcer,
            BanTable held,
            int from,
            int to,
            Set<Enforcement.Surplus> before,
            Set<Enforcement.Surplus> suspected) {
        int lifted = enforcement.liftSurplus(enforcer, held, from, to, now, before, suspected);
        totals.repaired(lifted);
        return lifted;
    }

    /** Begins a ban or prolongs the one that there is; NONE if there is no room. */
    private int begin(
            long high,
            long low,
            int prefixLength,
            int jail,
            int portSet,
            long since,
            long until,
            int failed,
            int times) {
        int ban = table.find(high, low, prefixLength, jail);
        if (ban != BanTable.NONE && table.until(ban) <= since) {
            // Its successor is faster than the wheel.
            wheel.cancel(ban);
            expire(ban);
            ban = BanTable.NONE;
        }
        if (ban != BanTable.NONE) {
            totals.repeats();
            if (until > table.until(ban)) {
                table.until(ban, until);
                setTimer(ban, until);
                listeners.prolonged(ban);
            }
            return ban;
        }
        ban = table.add(high, low, prefixLength, jail, since, until, failed);
        if (ban != BanTable.NONE) {
            table.times(ban, times);
            table.portSet(ban, portSet);
            setTimer(ban, until);
            distinct.add(high, low, prefixLength);
            totals.began(Addresses.isIpv4(high, low));
            listeners.began(ban);
            fullReported = false;
            CrowdRule rule = crowds.rule(jail, high, low, prefixLength);
            if (rule != null && crowds.enter(jail, rule, low)) {
                banNetwork(jail, rule, low);
            }
        }
        return ban;
    }

    private void banNetwork(int jail, CrowdRule rule, long low) {
        long network = rule.network(low);
        JailPolicy policy = policies.get(jail);
        if (policy != null && table.find(0, network, rule.prefixLength(), jail) == BanTable.NONE) {
            long until = policy.rule().bannedUntil(now);
            int ban = begin(0, network, rule.prefixLength(), jail, policy.portSet(), now, until, 0, 1);
            if (ban != BanTable.NONE) {
                enforcement.ban(ban);
            }
        }
    }

    private void setTimer(int ban, long until) {
        if (until == FailureRule.FOREVER) {
            wheel.cancel(ban);
        } else {
            wheel.set(ban, until);
        }
    }

    private void expire(int ban) {
        end(ban, BanListener.End.EXPIRED);
    }

    private void lift(int ban) {
        wheel.cancel(ban);
        failures.forget(table.high(ban), table.low(ban), table.jail(ban));
        // As in fail2ban: whom an operator lets go has no past, and the next ban is the first.
        forgive(ban);
        lifting = true;
        end(ban, BanListener.End.LIFTED);
    }

    private void end(int ban, BanListener.End end) {
        long high = table.high(ban);
        long low = table.low(ban);
        int prefixLength = table.prefixLength(ban);
        int jail = table.jail(ban);
        int portSet = table.portSet(ban);
        totals.ended(Addresses.isIpv4(high, low), end);
        listeners.ended(ban, end);
        table.remove(ban);
        CrowdRule rule = crowds.rule(jail, high, low, prefixLength);
        if (rule != null) {
            crowds.leave(jail, rule, low);
        }
        enforcement.ended(high, low, prefixLength, jail, portSet, end);
    }

    private void refuse(BanNotice notice) {
        totals.refuses();
        if (!fullReported) {
            fullReported = true;
            LOG.warn("the table of {} bans is full: new bans are given up until some end", table.size());
        }
        failures.forget(notice.high, notice.low, notice.jail);
        lifting = true;
        enforcement.takeBack(notice);
    }
}
