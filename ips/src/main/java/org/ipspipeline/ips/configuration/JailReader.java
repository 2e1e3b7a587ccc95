package org.ipspipeline.ips.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.jspecify.annotations.Nullable;

/** Reads one section of {@code jail.conf} and its companions into a {@link Jail}. */
final class JailReader {

    private static final int DEFAULT_MAX_RETRY = 3;
    private static final String DEFAULT_SPAN = "10m";

    private final IniLoader loader;
    private final Path directory;
    private final IniTree tree;

    JailReader(IniLoader loader, Path directory, IniTree tree) {
        this.loader = loader;
        this.directory = directory;
        this.tree = tree;
    }

    /** Whether the section is a jail that is switched on. */
    boolean isEnabled(String section) {
        return truth(tree.get(section, "enabled", Map.of()), false);
    }

    /**
     * Reads a jail.
     *
     * @param section its name
     * @throws ConfigurationException naming the first thing that is wrong
     */
    Jail read(String section) {
        String reference = text(section, "filter", "");
        String backend = text(section, "backend", "auto");
        FilterReader filterReader = null;
        if (!reference.isBlank()) {
            OptionSyntax syntax = syntax(section, "filter", reference);
            filterReader = FilterReader.open(loader, directory, syntax, backend.startsWith("systemd"));
            tree.addOptions(section, "known/", filterReader.known(firstOptions(section)), placeOf(section, "filter"));
        }
        Map<String, String> options = options(section);
        FilterDefinition filter = filterReader == null
                ? FilterReader.define(section, options, place(section), option -> place(section, option))
                : filterReader.read(options);
        return new Jail(
                section,
                filter,
                backend,
                logPaths(options.getOrDefault("logpath", "")),
                options.getOrDefault("logencoding", "auto"),
                blankToNull(options.get("logtimezone")),
                integer(section, options, "maxretry", DEFAULT_MAX_RETRY),
                integer(section, options, "maxmatches", DEFAULT_MAX_RETRY),
                seconds(section, options, "findtime", DEFAULT_SPAN),
                banTime(section, options),
                ignoreRules(options),
                actions(section, options),
                options,
                place(section));
    }

    /** What the filter sees of the jail while the jail still waits for the filter's options. */
    private Map<String, String> firstOptions(String section) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("backend", text(section, "backend", "auto"));
        options.put("filter", text(section, "filter", ""));
        options.put("enabled", text(section, "enabled", "false"));
        return options;
    }

    private Map<String, String> options(String section) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : JailOptions.ALL) {
            String value = tree.get(section, option, Map.of());
            if (value != null) {
                options.put(option, value);
            }
        }
        return options;
    }

    private List<Action> actions(String section, Map<String, String> options) {
        ActionReader reader = new ActionReader(loader, directory);
        List<Action> actions = new ArrayList<>();
        for (String entry : OptionSyntax.split(options.getOrDefault("action", ""))) {
            actions.add(reader.read(syntax(section, "action", entry), section, options));
        }
        return actions;
    }

    private OptionSyntax syntax(String section, String option, String text) {
        try {
            return OptionSyntax.parse(text);
        } catch (IllegalArgumentException e) {
            throw problem(section, option, e);
        }
    }

    private BanTime banTime(String section, Map<String, String> options) {
        return new BanTime(
                seconds(section, options, "bantime", DEFAULT_SPAN),
                truth(options.get("bantime.increment"), false),
                number(section, options, "bantime.factor"),
                blankToNull(options.get("bantime.formula")),
                multipliers(section, options),
                options.containsKey("bantime.maxtime") ? seconds(section, options, "bantime.maxtime", "") : -1,
                options.containsKey("bantime.rndtime") ? seconds(section, options, "bantime.rndtime", "") : 0,
                truth(options.get("bantime.overalljails"), false));
    }

    private List<Double> multipliers(String section, Map<String, String> options) {
        try {
            return words(options.getOrDefault("bantime.multipliers", "")).stream()
                    .map(Double::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            throw problem(
                    section,
                    "bantime.multipliers",
                    new IllegalArgumentException("it takes numbers such as 1 2 4 8", e));
        }
    }

    private static IgnoreRules ignoreRules(Map<String, String> options) {
        return new IgnoreRules(
                words(options.getOrDefault("ignoreip", "")),
                truth(options.get("ignoreself"), true),
                blankToNull(options.get("ignorecommand")),
                blankToNull(options.get("ignorecache")));
    }

    private static List<LogPath> logPaths(String value) {
        return value.lines()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    int space = line.lastIndexOf(' ');
                    return space < 0
                            ? new LogPath(line, false)
                            : new LogPath(
                                    line.substring(0, space),
                                    line.substring(space + 1).equals("tail"));
                })
                .toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[ ,\n]+"))
                .filter(word -> !word.isBlank())
                .toList();
    }

    private int integer(String section, Map<String, String> options, String option, int otherwise) {
        String value = options.get(option);
        if (value == null || value.isBlank()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw problem(section, option, new IllegalArgumentException("'" + value + "' is no whole number", e));
        }
    }

    private double number(String section, Map<String, String> options, String option) {
        String value = options.get(option);
        if (value == null || value.isBlank()) {
            return 1;
        }
        try {
            return Double.parseDouble(value.strip());
        } catch (NumberFormatException e) {
            throw problem(section, option, new IllegalArgumentException("'" + value + "' is no number", e));
        }
    }

    private long seconds(String section, Map<String, String> options, String option, String otherwise) {
        try {
            return Math.round(TimeExpression.seconds(options.getOrDefault(option, otherwise)));
        } catch (IllegalArgumentException e) {
            throw problem(section, option, e);
        }
    }

    private String text(String section, String option, String otherwise) {
        String value = tree.get(section, option, Map.of());
        return value == null ? otherwise : value;
    }

    private static boolean truth(@Nullable String value, boolean otherwise) {
        return (value == null || value.isBlank()) ? otherwise : JailOptions.isTrue(value);
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return (value == null || value.isBlank()) ? null : value;
    }

    private ConfigurationException problem(String section, String option, IllegalArgumentException cause) {
        return new ConfigurationException(
                place(section, option) + ": '" + option + "' of jail '" + section + "': " + cause.getMessage(), cause);
    }

    private IniValue placeOf(String section, String option) {
        IniValue value = tree.raw(section, option);
        return value == null ? new IniValue("", directory.resolve("jail.conf"), 1) : value;
    }

    private String place(String section, String option) {
        return placeOf(section, option).place();
    }

    private String place(String section) {
        return tree.ownOptions(section).stream()
                .findFirst()
                .map(option -> place(section, option))
                .orElse(directory.resolve("jail.conf").toString());
    }
}
