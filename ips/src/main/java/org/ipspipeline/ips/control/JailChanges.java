package org.ipspipeline.ips.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.control.Commands.JailLookup;
import org.ipspipeline.ips.control.ControlException.Kind;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.jspecify.annotations.Nullable;

/** {@code set}: changes of a jail until the next reload, and bans in it. A value that is wrong changes nothing. */
final class JailChanges {

    /** Options that take a value as it stands in a configuration. */
    private static final Set<String> SIMPLE = Set.of(
            "bantime",
            "findtime",
            "maxretry",
            "maxmatches",
            "maxlines",
            "usedns",
            "logencoding",
            "logtimezone",
            "datepattern",
            "prefregex",
            "ignorecommand",
            "ignorecache",
            "ignoreself");

    /** What fail2ban can change in a running action; here actions come from the configuration alone. */
    private static final Set<String> ACTIONS = Set.of("action", "addaction", "delaction");

    private static final Set<String> GLOBAL_WITHOUT_COUNTERPART =
            Set.of("logtarget", "syslogsocket", "dbfile", "dbpurgeage", "dbmaxmatches", "thread", "allowipv6");

    private final IpsDaemon daemon;
    private final JailLookup jails;
    private final JailQueries queries;

    JailChanges(IpsDaemon daemon, JailLookup jails, JailQueries queries) {
        this.daemon = daemon;
        this.jails = jails;
        this.queries = queries;
    }

    @Nullable
    Object set(List<String> words) {
        String name = words.get(1);
        if (name.equals("loglevel")) {
            return LogLevels.set(words.get(2));
        }
        if (GLOBAL_WITHOUT_COUNTERPART.contains(name)) {
            throw new ControlException(Kind.NO_COUNTERPART, "'set " + name + "' has no counterpart here");
        }
        JailPolicy jail = jails.policy(name);
        String option = words.get(2);
        List<String> values = words.subList(3, words.size());
        if (SIMPLE.contains(option) || option.startsWith("bantime.")) {
            jails.keeper().set(name, option, values.get(0));
            return queries.setting(name, option);
        }
        if (ACTIONS.contains(option)) {
            throw new ControlException(
                    Kind.NO_COUNTERPART,
                    "'set " + name + " " + option + "' has no counterpart here: change the configuration and reload");
        }
        return switch (option) {
            case "banip" -> BanCommands.ban(daemon, jail, BanCommands.prefixes(values), BanCommands.nanos(jail));
            case "unbanip" -> unban(jail, values);
            case "attempt" -> attempt(jail, values);
            case "idle" -> idle(name, values.get(0));
            default -> changeList(name, option, values);
        };
    }

    private Object unban(JailPolicy jail, List<String> words) {
        boolean reportAbsent = words.get(0).equals("--report-absent");
        List<String> addresses = reportAbsent ? words.subList(1, words.size()) : words;
        int lifted = 0;
        List<String> absent = new ArrayList<>();
        for (AddressPrefix prefix : BanCommands.prefixes(addresses)) {
            int bans = daemon.bans().unban(jail.jail(), prefix).join();
            lifted += bans;
            if (bans == 0) {
                absent.add(prefix.toString());
            }
        }
        if (reportAbsent && !absent.isEmpty()) {
            throw ControlException.failed("not banned: " + PythonText.repr(absent));
        }
        return lifted;
    }

    /** {@code IP [LINE ...]}: each line is a failure; without one it is one failure. */
    private Object attempt(JailPolicy jail, List<String> words) {
        AddressPrefix address = BanCommands.prefix(words.get(0));
        daemon.attempt(jail, address, Math.max(words.size() - 1, 1));
        return 1;
    }

    private Object idle(String name, String value) {
        boolean on = switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw ControlException.failed("Invalid idle option, must be 'on' or 'off'");
        };
        jails.keeper().idle(name, on);
        return on;
    }

    private @Nullable Object changeList(String name, String option, List<String> values) {
        Jail written = queries.settings(name);
        return switch (option) {
            case "addignoreip", "delignoreip" ->
                replace(name, "ignoreip", changed(option, written.ignore().addresses(), values), " ");
            case "addlogpath" -> addLogPath(written, values);
            case "dellogpath" -> {
                List<String> paths = new ArrayList<>(
                        written.logPaths().stream().map(JailQueries::text).toList());
                paths.removeIf(path -> path.equals(values.get(0)) || path.equals(values.get(0) + " tail"));
                yield logPath(name, paths);
            }
            case "addfailregex", "delfailregex" ->
                replace(name, "failregex", changed(option, written.filter().failregexes(), values), "\n");
            case "addignoreregex", "delignoreregex" ->
                replace(name, "ignoreregex", changed(option, written.filter().ignoreregexes(), values), "\n");
            case "addjournalmatch", "deljournalmatch" ->
                throw new ControlException(
                        Kind.NO_COUNTERPART,
                        "'" + option
                                + "' has no counterpart here: change journalmatch in the configuration and reload");
            default ->
                throw new ControlException(
                        Kind.INVALID_COMMAND,
                        "Invalid command '" + option + "' (no set action or not yet implemented)");
        };
    }

    private Object addLogPath(Jail written, List<String> values) {
        List<String> paths = new ArrayList<>(
                written.logPaths().stream().map(JailQueries::text).toList());
        boolean tail = values.size() > 1 && values.get(1).equalsIgnoreCase("tail");
        if (values.size() > 2 || (values.size() == 2 && !tail && !values.get(1).equalsIgnoreCase("head"))) {
            throw ControlException.failed("File option must be 'head' or 'tail'");
        }
        paths.add(values.get(0) + (tail ? " tail" : ""));
        return logPath(written.name(), paths);
    }

    private Object logPath(String name, List<String> paths) {
        jails.keeper().set(name, "logpath", String.join("\n", paths));
        return daemon.jailStatus(jails.policy(name)).files();
    }

    private @Nullable Object replace(String name, String option, List<String> entries, String between) {
        jails.keeper().set(name, option, String.join(between, entries));
        return queries.setting(name, option);
    }

    /** A list with values added; or with values taken out, regular expressions by their indices. */
    private static List<String> changed(String option, List<String> present, List<String> values) {
        List<String> changed = new ArrayList<>(present);
        values.get(0);
        if (option.startsWith("add")) {
            changed.addAll(values);
        } else if (option.endsWith("regex")) {
            try {
                changed.remove(Integer.parseInt(values.get(0)));
            } catch (NumberFormatException wrong) {
                throw ControlException.failed("'" + values.get(0) + "' is no number of an expression");
            }
        } else {
            values.forEach(value -> {
                if (!changed.remove(value)) {
                    throw ControlException.failed("'" + value + "' is not in the list");
                }
            });
        }
        return changed;
    }
}
