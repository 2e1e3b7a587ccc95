package org.ipspipeline.ips.ban;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.Enforcer;

/**
 * Tells enforcers of the bans of a table. One that does not tell jails apart holds a prefix until the latest end of all jails' bans of
 * it; where it tells ports apart, of all bans from the same ports. For one thread, but for the figure.
 */
final class Enforcement {

    /** How long a change may be on its way to an enforcer, and how exactly one tells its ends. */
    private static final long SETTLING = TimeUnit.SECONDS.toNanos(3);

    /** Ends further ahead are alike: ipset knows none beyond 24 days. */
    private static final long LONGEST_COMPARED = TimeUnit.DAYS.toNanos(20);

    /**
     * A ban that an enforcer holds, and nobody knows.
     *
     * @param prefix who is banned
     * @param portSet from which ports
     */
    record Surplus(AddressPrefix prefix, int portSet) {}

    private final BanTable table;
    private final List<Outlet> outlets;

    Enforcement(BanTable table, List<Enforcer> enforcers) {
        this.table = table;
        outlets = enforcers.stream().map(Outlet::new).toList();
    }

    /** Bans that enforcers did not take from here. */
    long rejected() {
        return outlets.stream().mapToLong(Outlet::rejected).sum();
    }

    /** Hands enforcers all that they have not been handed yet. */
    void flush() {
        for (Outlet outlet : outlets) {
            outlet.flush();
        }
    }

    /** A ban has begun or got another end. */
    void ban(int ban) {
        for (Outlet outlet : outlets) {
            outlet.ban(table, ban, end(outlet.enforcer(), ban));
        }
    }

    /** A ban has begun or got another end, and immediate enforcers know it already, with this end. */
    void follow(int ban, long known) {
        for (Outlet outlet : outlets) {
            long end = end(outlet.enforcer(), ban);
            if (!outlet.enforcer().immediate() || end != known) {
                outlet.ban(table, ban, end);
            }
        }
    }

    /** Immediate enforcers know a ban for which the table has no room. */
    void takeBack(BanNotice notice) {
        for (Outlet outlet : outlets) {
            if (outlet.enforcer().immediate()) {
                outlet.unban(notice.high, notice.low, notice.prefixLength, notice.jail, notice.portSet);
            }
        }
    }

    /** A ban has ended and is not in the table any more; the table's other bans of the prefix hold on. */
    void ended(long high, long low, int prefixLength, int jail, int portSet, BanListener.End how) {
        for (Outlet outlet : outlets) {
            Enforcer enforcer = outlet.enforcer();
            if (how == BanListener.End.EXPIRED && enforcer.expires()) {
                continue;
            }
            int other = held(enforcer, table, high, low, prefixLength, portSet);
            if (other == BanTable.NONE || enforcer.distinguishesJails()) {
                outlet.unban(high, low, prefixLength, jail, portSet);
            } else if (how == BanListener.End.LIFTED) {
                outlet.ban(table, other, end(enforcer, other));
            }
        }
    }

    /** Has a ban be from other ports than it was. */
    void limit(int ban, int portSet) {
        int before = table.portSet(ban);
        table.portSet(ban, portSet);
        for (Outlet outlet : outlets) {
            Enforcer enforcer = outlet.enforcer();
            if (enforcer.distinguishesPorts()) {
                int other = held(enforcer, table, table.high(ban), table.low(ban), table.prefixLength(ban), before);
                if (other == BanTable.NONE || enforcer.distinguishesJails()) {
                    outlet.unban(table.high(ban), table.low(ban), table.prefixLength(ban), table.jail(ban), before);
                } else {
                    outlet.ban(table, other, end(enforcer, other));
                }
                outlet.ban(table, ban, end(enforcer, ban));
            }
        }
    }

    /** When an enforcer lets a ban's prefix through, from all that it knows. */
    private long end(Enforcer enforcer, int ban) {
        long end = table.until(ban);
        if (enforcer.distinguishesJails()) {
            return end;
        }
        int other = table.firstOf(table.high(ban), table.low(ban), table.prefixLength(ban));
        for (; other != BanTable.NONE; other = table.nextOf(other)) {
            if (!enforcer.distinguishesPorts() || table.portSet(other) == table.portSet(ban)) {
                end = Math.max(end, table.until(other));
            }
        }
        return end;
    }

    /** A table's ban of a prefix that is the same to an enforcer, whatever its jail; or NONE. */
    private static int held(Enforcer enforcer, BanTable in, long high, long low, int prefixLength, int portSet) {
        int ban = in.firstOf(high, low, prefixLength);
        while (ban != BanTable.NONE && enforcer.distinguishesPorts() && in.portSet(ban) != portSet) {
            ban = in.nextOf(ban);
        }
        return ban;
    }

    /**
     * Bans again what an enforcer does not hold, or not as long as it should.
     *
     * @param held what it held at the time of reading
     * @param from the first ban's number
     * @param to behind the last one's
     * @param read when it was read: what has changed since then is left alone
     * @return how many bans were missing
     */
    int banMissing(Enforcer enforcer, BanTable held, int from, int to, long read) {
        int missing = 0;
        for (int ban = from; ban < Math.min(to, table.bound()); ban++) {
            if (!table.isBan(ban) || table.since(ban) > read - SETTLING || table.until(ban) <= read + SETTLING) {
                continue;
            }
            int there =
                    held(enforcer, held, table.high(ban), table.low(ban), table.prefixLength(ban), table.portSet(ban));
            long expected = Math.min(end(enforcer, ban), read + LONGEST_COMPARED);
            if (there == BanTable.NONE || held.until(there) < expected - SETTLING) {
                outletOf(enforcer).ban(table, ban, end(enforcer, ban));
                missing++;
            }
        }
        return missing;
    }

    /**
     * Lifts what an enforcer holds and should not.
     *
     * @param held what it held at the time of reading
     * @param from the first number in it
     * @param to behind the last one
     * @param now what has ended by now is left alone
     * @param before what was too much the last time: only that is lifted
     * @param suspected takes what is too much for the first time
     * @return how many bans were lifted
     */
    int liftSurplus(
            Enforcer enforcer, BanTable held, int from, int to, long now, Set<Surplus> before, Set<Surplus> suspected) {
        int lifted = 0;
        for (int ban = from; ban < Math.min(to, held.bound()); ban++) {
            long high = held.high(ban);
            long low = held.low(ban);
            int length = held.prefixLength(ban);
            int portSet = held.portSet(ban);
            if (held.until(ban) <= now || held(enforcer, table, high, low, length, portSet) != BanTable.NONE) {
                continue;
            }
            Surplus surplus = new Surplus(new AddressPrefix(high, low, length), portSet);
            if (before.contains(surplus)) {
                outletOf(enforcer).unban(high, low, length, 0, portSet);
                lifted++;
            } else {
                suspected.add(surplus);
            }
        }
        return lifted;
    }

    private Outlet outletOf(Enforcer enforcer) {
        return outlets.stream()
                .filter(outlet -> outlet.enforcer() == enforcer)
                .findFirst()
                .orElseThrow();
    }
}
