package org.ipspipeline.ips.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.Ban;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.configuration.TimeExpression;
import org.ipspipeline.ips.control.Commands.Command;
import org.ipspipeline.ips.control.Commands.JailLookup;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.daemon.IpsDaemon;

/** Bans in all jails: {@code banned}, {@code ban}, {@code unban}, {@code flush}. */
final class BanCommands {

    private static final String ALL = "--all";

    private final IpsDaemon daemon;
    private final JailLookup jails;

    BanCommands(IpsDaemon daemon, JailLookup jails) {
        this.daemon = daemon;
        this.jails = jails;
    }

    Map<String, Command> table() {
        Map<String, Command> table = new LinkedHashMap<>();
        table.put("banned", words -> banned(words.subList(1, words.size())));
        table.put("ban", words -> ban(words.get(1), words.get(2), words.subList(3, words.size())));
        table.put("unban", words -> unban(words.subList(1, words.size())));
        table.put("flush", words -> flush(words.subList(1, words.size())));
        return table;
    }

    private Object banned(List<String> addresses) {
        List<Object> answer = new ArrayList<>();
        if (addresses.isEmpty()) {
            for (JailPolicy jail : jails.all()) {
                answer.add(Map.of(jail.name(), list(daemon, jail)));
            }
            return answer;
        }
        for (String address : addresses) {
            AddressPrefix prefix = prefix(address);
            answer.add(jails.all().stream()
                    .filter(jail -> daemon.bans().isBanned(jail.jail(), prefix).join())
                    .map(JailPolicy::name)
                    .toList());
        }
        return answer;
    }

    /** Who is banned in a jail, in the order in which their bans began. */
    static List<String> list(IpsDaemon daemon, JailPolicy jail) {
        List<Ban> bans = new ArrayList<>(daemon.bans().list(jail.jail()).join());
        bans.sort(Comparator.comparingLong(Ban::sinceNanos));
        return bans.stream().map(ban -> ban.prefix().toString()).toList();
    }

    /**
     * Bans in a jail.
     *
     * @param time how long, as in a configuration; empty for as long as the jail does
     */
    private Object ban(String jail, String time, List<String> addresses) {
        JailPolicy policy = jail.isEmpty() ? onlyJail() : jails.policy(jail);
        long nanos = time.isEmpty() ? nanos(policy) : nanos(time);
        List<AddressPrefix> prefixes = prefixes(addresses);
        return ban(daemon, policy, prefixes, nanos);
    }

    private JailPolicy onlyJail() {
        List<JailPolicy> all = jails.all();
        if (all.size() != 1) {
            throw ControlException.failed("there are " + all.size() + " jails: say which, with --jail NAME");
        }
        return all.get(0);
    }

    /** Bans, and tells how many of them were not banned before. */
    static int ban(IpsDaemon daemon, JailPolicy jail, List<AddressPrefix> prefixes, long nanos) {
        int isNew = 0;
        for (AddressPrefix prefix : prefixes) {
            boolean before = daemon.bans().isBanned(jail.jail(), prefix).join();
            if (!daemon.bans().ban(jail.jail(), prefix, nanos).join()) {
                throw ControlException.failed(prefix + ": there is no room for another ban; raise --max-bans");
            }
            isNew += before ? 0 : 1;
        }
        return isNew;
    }

    /** How long a jail's first ban is. */
    static long nanos(JailPolicy jail) {
        return jail.rule().banTimeNanos();
    }

    private static long nanos(String time) {
        try {
            double seconds = TimeExpression.seconds(time);
            return seconds < 0 ? FailureRule.FOREVER : (long) (seconds * 1e9);
        } catch (IllegalArgumentException wrong) {
            throw ControlException.failed(String.valueOf(wrong.getMessage()));
        }
    }

    private Object unban(List<String> addresses) {
        if (addresses.equals(List.of(ALL))) {
            return daemon.bans().unbanAll(BanKeeper.ANY_JAIL).join();
        }
        if (addresses.isEmpty()) {
            throw ControlException.invalid();
        }
        int lifted = 0;
        for (AddressPrefix prefix : prefixes(addresses)) {
            lifted += daemon.bans().unban(BanKeeper.ANY_JAIL, prefix).join();
        }
        return lifted;
    }

    private Object flush(List<String> names) {
        int lifted = 0;
        for (JailPolicy jail : names.stream().map(jails::policy).toList()) {
            lifted += daemon.bans().unbanAll(jail.jail()).join();
        }
        return names.isEmpty() ? daemon.bans().unbanAll(BanKeeper.ANY_JAIL).join() : lifted;
    }

    static List<AddressPrefix> prefixes(List<String> addresses) {
        return addresses.stream().map(BanCommands::prefix).toList();
    }

    /** Reads an address before anything is done about it: what is none is refused. */
    static AddressPrefix prefix(String text) {
        AddressPrefix prefix = AddressPrefix.parse(text);
        if (prefix == null) {
            throw ControlException.failed(
                    "'" + text + "' is no address and no network; write 192.0.2.7 or 192.0.2.0/24");
        }
        return prefix;
    }
}
