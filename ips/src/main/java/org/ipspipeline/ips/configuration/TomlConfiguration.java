package org.ipspipeline.ips.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.ipspipeline.ips.filter.UseDns;

/**
 * Jails in our own words: a TOML file with a table {@code [jail.NAME]} for each jail, and {@code [defaults]} for what its jails have in
 * common. Every key is known or refused. See {@code docs/configuration.md}.
 */
final class TomlConfiguration implements JailConfiguration {

    private static final Set<String> TABLES = Set.of("defaults", "jail");
    private static final Set<String> OWN = Set.of("logs", "journal", "patterns", "filter");
    private static final String FAIL2BAN = "/etc/fail2ban";

    private final Path file;
    private final String text;
    private final JsonNode root;

    private TomlConfiguration(Path file, String text, JsonNode root) {
        this.file = file;
        this.text = text;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param file the TOML file
     * @throws ConfigurationException if it cannot be read, is no TOML, or has a table that is not known
     */
    static TomlConfiguration open(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e.getMessage(), e);
        }
        try {
            TomlConfiguration configuration = new TomlConfiguration(file, text, new TomlMapper().readTree(text));
            configuration.checkTables();
            return configuration;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ConfigurationException(file + ":" + line + ": " + e.getOriginalMessage(), e);
        }
    }

    private void checkTables() {
        root.fieldNames().forEachRemaining(name -> {
            if (!TABLES.contains(name)) {
                throw new ConfigurationException(TomlTable.place(file, text, "", name) + ": '" + name
                        + "' is not known here" + NearestName.suggestion(name, TABLES)
                        + "; a jail is a table [jail.NAME]");
            }
        });
        JsonNode jails = root.path("jail");
        if (!jails.isObject() || jails.isEmpty()) {
            throw new ConfigurationException(file + ": there is no jail; a jail is a table [jail.NAME]");
        }
    }

    @Override
    public List<String> jailNames() {
        List<String> names = new ArrayList<>();
        root.path("jail").fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    /** All are that do not say {@code enabled = false}. */
    @Override
    public List<String> enabledJailNames() {
        return jailNames().stream()
                .filter(name -> table(name, Map.of()).truth("enabled", true))
                .toList();
    }

    @Override
    public Jail jail(String name, Map<String, String> replaced) {
        if (!root.path("jail").has(name)) {
            throw new ConfigurationException(
                    file + ": there is no jail '" + name + "'" + NearestName.suggestion(name, jailNames()));
        }
        return jail(name, table(name, replaced));
    }

    private TomlTable table(String name, Map<String, String> replaced) {
        TomlTable defaults = new TomlTable(file, text, "defaults", root.path("defaults"), null);
        for (String own : OWN) {
            if (defaults.has(own)) {
                throw defaults.problem(own, "belongs to a jail, not to [defaults]");
            }
        }
        JsonNode values = TomlOptions.replace(root.path("jail").path(name), replaced);
        return new TomlTable(file, text, "jail." + name, values, defaults);
    }

    private Jail jail(String name, TomlTable table) {
        List<String> journal = table.texts("journal");
        List<String> logs = table.texts("logs");
        if (journal.isEmpty() == logs.isEmpty()) {
            throw table.problem(
                    journal.isEmpty() ? "" : "journal", "names where its lines come from by either logs or journal");
        }
        return new Jail(
                name,
                filter(name, table, journal),
                journal.isEmpty() ? "auto" : "systemd",
                logs.stream().map(log -> new LogPath(log, false)).toList(),
                table.text("encoding", "auto"),
                table.text("time_zone"),
                table.number("max_retry", 3, 1),
                table.number("max_matches", 3, 0),
                table.seconds("find_time", "10m"),
                banTime(table),
                new IgnoreRules(table.texts("ignore"), table.truth("ignore_self", true), null, null),
                List.of(),
                options(table),
                table.place(""));
    }

    /** What has no field of its own, by the names that it has in fail2ban's form. */
    private static Map<String, String> options(TomlTable table) {
        Map<String, String> options = new HashMap<>();
        options.put("ipv6prefix", Integer.toString(table.number("ipv6_prefix", 128, 0)));
        options.put("bannetwork", table.text("ban_network", ""));
        List<String> ports = table.texts("ports");
        if (!ports.isEmpty()) {
            options.put("banports", "jail");
            options.put("port", String.join(",", ports));
            options.put("protocol", String.join(",", table.texts("protocol", "tcp")));
        } else if (table.has("protocol")) {
            throw table.problem("protocol", "goes with ports; without them, bans hold for all of every protocol");
        }
        return options;
    }

    private static BanTime banTime(TomlTable table) {
        return new BanTime(
                table.seconds("ban_time", "10m"),
                table.truth("ban_time_grows", false),
                1,
                null,
                List.of(),
                table.has("ban_time_max") ? table.seconds("ban_time_max", "") : -1,
                0,
                false);
    }

    private FilterDefinition filter(String name, TomlTable table, List<String> journal) {
        String reference = table.text("filter");
        List<String> patterns = table.texts("patterns");
        if ((reference == null) == patterns.isEmpty()) {
            throw table.problem(
                    reference == null ? "" : "filter", "names its failures by either patterns or a filter of fail2ban");
        }
        UseDns hostNames = table.truth("resolve_host_names", false) ? UseDns.YES : UseDns.NO;
        if (reference == null) {
            return new FilterDefinition(
                    name,
                    table.text("prefix_pattern"),
                    patterns,
                    table.texts("ignore_patterns"),
                    table.number("max_lines", 1, 1),
                    table.texts("date_patterns"),
                    hostNames,
                    matches(journal),
                    table.place("patterns"));
        }
        for (String own : List.of("prefix_pattern", "ignore_patterns", "max_lines")) {
            if (table.has(own)) {
                throw table.problem(own, "goes with patterns; the filter has its own");
            }
        }
        Path directory = file.resolveSibling(table.text("fail2ban_directory", FAIL2BAN));
        FilterDefinition filter = Fail2banConfiguration.open(directory).filter(reference);
        return new FilterDefinition(
                filter.name(),
                filter.prefregex(),
                filter.failregexes(),
                filter.ignoreregexes(),
                filter.maxLines(),
                table.has("date_patterns") ? table.texts("date_patterns") : filter.datePatterns(),
                hostNames,
                journal.isEmpty() ? filter.journalMatches() : matches(journal),
                filter.place());
    }

    private static List<List<String>> matches(List<String> journal) {
        return journal.stream()
                .map(entry -> List.of(entry.strip().split("\\s+")))
                .toList();
    }
}
