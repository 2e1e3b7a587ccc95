package org.ipspipeline.ips.control;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.Ban;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.configuration.Action;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.configuration.LogPath;
import org.ipspipeline.ips.control.Commands.JailLookup;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.jail.ActiveJail;
import org.jspecify.annotations.Nullable;

/** {@code get}: the settings of a jail and of the daemon. */
final class JailQueries {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** What fail2ban's server keeps where this daemon keeps nothing: it says so by the value that means "disabled". */
    private static final List<String> NO_DATABASE = List.of("dbfile", "dbpurgeage", "dbmaxmatches");

    private final IpsDaemon daemon;
    private final JailLookup jails;
    private final Map<String, Function<Jail, @Nullable Object>> settings = new LinkedHashMap<>();

    JailQueries(IpsDaemon daemon, JailLookup jails) {
        this.daemon = daemon;
        this.jails = jails;
        settings.put("bantime", jail -> jail.banTime().seconds());
        settings.put("findtime", Jail::findTimeSeconds);
        settings.put("maxretry", Jail::maxRetry);
        settings.put("maxmatches", Jail::maxMatches);
        settings.put("maxlines", jail -> jail.filter().maxLines());
        settings.put("usedns", jail -> jail.filter().useDns().name().toLowerCase(Locale.ROOT));
        settings.put("logencoding", jail -> jail.logEncoding().equals("auto") ? "UTF-8" : jail.logEncoding());
        settings.put("logtimezone", Jail::logTimeZone);
        settings.put("ignoreself", jail -> jail.ignore().self());
        settings.put("ignoreip", JailQueries::ignored);
        settings.put(
                "ignorecommand",
                jail -> jail.ignore().command() == null ? false : jail.ignore().command());
        settings.put("ignorecache", jail -> jail.ignore().cache());
        settings.put(
                "prefregex",
                jail -> jail.filter().prefregex() == null ? "" : jail.filter().prefregex());
        settings.put("failregex", jail -> jail.filter().failregexes());
        settings.put("ignoreregex", jail -> jail.filter().ignoreregexes());
        settings.put("datepattern", JailQueries::datePattern);
        settings.put("journalmatch", jail -> jail.filter().journalMatches());
        settings.put(
                "actions", jail -> jail.actions().stream().map(Action::name).toList());
    }

    @Nullable
    Object get(List<String> words) {
        String first = words.get(1);
        if (words.size() == 2) {
            return global(first);
        }
        String option = words.get(2);
        List<String> rest = words.subList(3, words.size());
        return switch (option) {
            case "banned" -> banned(jails.policy(first), rest);
            case "banip" -> banList(jails.policy(first), rest.contains("--with-time"));
            case "logpath" -> daemon.jailStatus(jails.policy(first)).files();
            case "action" -> action(settings(first), rest.get(0), rest.get(1));
            default -> setting(first, option);
        };
    }

    /** A setting as fail2ban's client gets it. */
    @Nullable
    Object setting(String jail, String option) {
        Function<Jail, @Nullable Object> setting = settings.get(option);
        Jail written = settings(jail);
        if (setting != null) {
            return setting.apply(written);
        }
        if (option.startsWith("bantime.")) {
            String value = written.options().get(option);
            return option.equals("bantime.increment") && value != null
                    ? Boolean.valueOf(written.banTime().increment())
                    : value;
        }
        throw new ControlException(
                ControlException.Kind.INVALID_COMMAND, "Invalid command (no get action or not yet implemented)");
    }

    /** What stands in the configuration, with what operators have changed. */
    Jail settings(String jail) {
        jails.policy(jail);
        ActiveJail active = jails.keeper().jails().find(jail);
        if (active == null) {
            throw new ControlException(ControlException.Kind.UNKNOWN_JAIL, jail);
        }
        return active.settings();
    }

    private static @Nullable Object global(String option) {
        if (NO_DATABASE.contains(option)) {
            return null;
        }
        return switch (option) {
            case "loglevel" -> LogLevels.current();
            case "logtarget" -> "STDERR";
            case "syslogsocket" -> "auto";
            default -> throw ControlException.invalid();
        };
    }

    /** Networks and names first, as fail2ban lists them. */
    private static List<String> ignored(Jail jail) {
        return jail.ignore().addresses().stream()
                .sorted(Comparator.comparing(JailQueries::isAddress))
                .toList();
    }

    private static boolean isAddress(String entry) {
        AddressPrefix prefix = AddressPrefix.parse(entry);
        return prefix != null && prefix.length() == AddressPrefix.FULL_LENGTH;
    }

    private static List<@Nullable String> datePattern(Jail jail) {
        List<String> patterns = jail.filter().datePatterns();
        if (patterns.isEmpty()) {
            return Arrays.asList(null, "Default Detectors");
        }
        String all = String.join("\n", patterns);
        return Arrays.asList(all, all);
    }

    /** The text of a file pattern as a jail writes it. */
    static String text(LogPath path) {
        return path.pattern() + (path.tail() ? " tail" : "");
    }

    private static String action(Jail jail, String name, String property) {
        for (Action action : jail.actions()) {
            if (action.name().equals(name)) {
                String value = action.options().get(property);
                if (value == null) {
                    throw ControlException.failed("action " + name + " has no '" + property + "'");
                }
                return value;
            }
        }
        throw ControlException.failed("jail " + jail.name() + " has no action '" + name + "'");
    }

    private Object banned(JailPolicy jail, List<String> addresses) {
        if (addresses.isEmpty()) {
            return BanCommands.list(daemon, jail);
        }
        List<AddressPrefix> prefixes = BanCommands.prefixes(addresses);
        List<Integer> answers = prefixes.stream()
                .map(prefix -> daemon.bans().isBanned(jail.jail(), prefix).join() ? 1 : 0)
                .toList();
        return answers.size() == 1 ? answers.get(0) : answers;
    }

    /** Ordered by their ends. */
    private List<String> banList(JailPolicy jail, boolean withTime) {
        long now = System.nanoTime();
        Instant wall = Instant.now();
        return daemon.bans().list(jail.jail()).join().stream()
                .sorted(Comparator.comparingLong(Ban::untilNanos))
                .map(ban -> ban.prefix() + (withTime ? time(ban, wall.minusNanos(now - ban.sinceNanos())) : ""))
                .toList();
    }

    private static String time(Ban ban, Instant since) {
        boolean forever = ban.untilNanos() == FailureRule.FOREVER;
        long seconds = forever ? -1 : Math.round((double) (ban.untilNanos() - ban.sinceNanos()) / NANOS_PER_SECOND);
        String end = forever ? "9999-12-31 23:59:59" : text(since.plusSeconds(seconds));
        return " \t" + text(since) + " + " + seconds + " = " + end;
    }

    private static String text(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }
}
