package org.ipspipeline.ips.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.configuration.JailConfiguration;
import org.ipspipeline.ips.configuration.LogPath;
import org.ipspipeline.ips.filter.Filter;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.ipspipeline.ips.filter.InvalidFilterException;
import org.ipspipeline.ips.filter.UseDns;
import org.ipspipeline.ips.filter.date.DateContext;
import org.ipspipeline.ips.jail.OwnOptions;
import org.ipspipeline.ips.match.syntax.Needle;
import org.ipspipeline.ips.match.syntax.Needles;
import org.jspecify.annotations.Nullable;

/** Reads every jail and filter of a configuration and compiles every expression. */
public final class ConfigurationCheck {

    private final Path path;
    private final DateContext dates = DateContext.ofSystem();

    /**
     * Prepares a check.
     *
     * @param path fail2ban's directory, or a TOML file
     */
    public ConfigurationCheck(Path path) {
        this.path = path;
    }

    /**
     * Checks all of it.
     *
     * @return what was found, broken parts included
     * @throws ConfigurationException if there is no configuration at all, or its main files cannot be read
     */
    public CheckedTree run() {
        JailConfiguration configuration = JailConfiguration.open(path);
        Set<String> enabled = Set.copyOf(configuration.enabledJailNames());
        List<CheckedJail> jails = new ArrayList<>();
        for (String name : configuration.jailNames()) {
            jails.add(jail(configuration, name, enabled.contains(name)));
        }
        return new CheckedTree(jails, filters(configuration));
    }

    /** All filters of fail2ban's directory, whether a jail uses them or not; of a TOML file those of its jails. */
    private List<CheckedFilter> filters(JailConfiguration configuration) {
        List<CheckedFilter> filters = new ArrayList<>();
        if (configuration instanceof Fail2banConfiguration fail2ban) {
            for (String name : fail2ban.filterNames()) {
                String place = path.resolve("filter.d").resolve(name + ".conf").toString();
                filters.add(filter(name, place, () -> fail2ban.filter(name)));
            }
        } else {
            for (String name : configuration.jailNames()) {
                filters.add(filter(
                        name, path.toString(), () -> configuration.jail(name).filter()));
            }
        }
        return filters;
    }

    private CheckedJail jail(JailConfiguration configuration, String name, boolean enabled) {
        try {
            Jail jail = configuration.jail(name);
            OwnOptions unused = OwnOptions.of(jail);
            Filter.compile(jail.filter(), dates.withLogTimeZone(jail.logTimeZone()));
            return new CheckedJail(
                    name,
                    enabled,
                    jail.filter().name(),
                    jail.backend(),
                    jail.filter().failregexes().size(),
                    null,
                    warnings(jail));
        } catch (ConfigurationException | InvalidFilterException wrong) {
            return new CheckedJail(name, enabled, "", "", 0, wrong.getMessage(), List.of());
        } catch (IllegalArgumentException wrong) {
            Path file = Files.isDirectory(path) ? path.resolve("jail.conf") : path;
            String place = file + ": jail '" + name + "': ";
            return new CheckedJail(name, enabled, "", "", 0, place + wrong.getMessage(), List.of());
        }
    }

    private static List<String> warnings(Jail jail) {
        List<String> warnings = new ArrayList<>();
        String jailAt = jail.place() + ": jail '" + jail.name() + "' ";
        FilterDefinition filter = jail.filter();
        if (filter.failregexes().isEmpty()) {
            warnings.add(jailAt + "has no failregex: it finds nothing");
        }
        if (jail.readsJournal() && filter.journalMatches().isEmpty()) {
            warnings.add(jailAt + "reads the journal without a journalmatch: it sees every entry");
        }
        if (!jail.readsJournal() && jail.logPaths().stream().noneMatch(ConfigurationCheck::mayExist)) {
            warnings.add(jailAt + "has no log file that exists: " + paths(jail));
        }
        if (filter.useDns() == UseDns.YES || filter.useDns() == UseDns.WARN) {
            warnings.add(jailAt + "has usedns = "
                    + filter.useDns().name().toLowerCase(Locale.ROOT)
                    + ": names that clients choose are resolved; usedns = no counts addresses only");
        }
        return warnings;
    }

    private static String paths(Jail jail) {
        List<String> paths = jail.logPaths().stream().map(LogPath::pattern).toList();
        return paths.isEmpty() ? "it names none; set logpath" : String.join(", ", paths);
    }

    /** A path with wildcards may match something later on. */
    private static boolean mayExist(LogPath path) {
        return path.pattern().matches(".*[*?\\[].*") || Files.exists(Path.of(path.pattern()));
    }

    private CheckedFilter filter(String name, String file, Supplier<FilterDefinition> read) {
        String place = file;
        try {
            FilterDefinition definition = read.get();
            place = definition.place();
            return new CheckedFilter(name, place, regexes(Filter.compile(definition, dates)), null);
        } catch (ConfigurationException | InvalidFilterException wrong) {
            return new CheckedFilter(name, place, List.of(), wrong.getMessage());
        }
    }

    private static List<CheckedRegex> regexes(Filter filter) {
        List<@Nullable Needles> needles = filter.needles();
        List<String> sources = filter.definition().failregexes();
        List<CheckedRegex> regexes = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            List<String> literals = literals(needles.get(i));
            regexes.add(new CheckedRegex(i + 1, sources.get(i), literals, RegexCost.nanos(filter, i, literals)));
        }
        return regexes;
    }

    private static List<String> literals(@Nullable Needles needles) {
        return needles == null
                ? List.of()
                : needles.literals().stream().map(Needle::toString).toList();
    }
}
