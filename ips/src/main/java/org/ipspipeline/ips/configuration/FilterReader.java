package org.ipspipeline.ips.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.ipspipeline.ips.filter.UseDns;
import org.jspecify.annotations.Nullable;

/** Reads one filter of {@code filter.d} into its {@link FilterDefinition}. */
final class FilterReader {

    /** The options that make a filter; a jail may give each of them in the filter's stead. */
    static final List<String> OPTIONS =
            List.of("prefregex", "failregex", "ignoreregex", "usedns", "maxlines", "datepattern", "journalmatch");

    /** Of these the filter's parameters, and its defaults of them in {@code [Init]}, win over the jail. */
    private static final Set<String> PARAMETERS_FIRST = Set.of("prefregex", "usedns", "maxlines");

    private final String name;
    private final DefinitionReader reader;

    private FilterReader(String name, DefinitionReader reader) {
        this.name = name;
        this.reader = reader;
    }

    /**
     * Opens a filter.
     *
     * @param loader finds the files
     * @param directory fail2ban's configuration directory
     * @param reference the filter and its parameters
     * @param journal whether the lines come from the journal, for filters that tell log types apart
     * @throws ConfigurationException if there is no such filter
     */
    static FilterReader open(IniLoader loader, Path directory, OptionSyntax reference, boolean journal) {
        Path file = directory.resolve("filter.d").resolve(reference.name() + ".conf");
        IniTree tree = loader.load(directory, "filter.d/" + reference.name());
        if (tree == null) {
            throw new ConfigurationException(file + ": there is no filter '" + reference.name() + "'");
        }
        return of(reference, tree, journal);
    }

    /** As {@link #open}, with the filter's files already loaded. */
    static FilterReader of(OptionSyntax reference, IniTree tree, boolean journal) {
        DefinitionReader reader = new DefinitionReader("filter " + reference.name(), tree, reference.parameters());
        reader.addDefaultParameter("logtype", journal ? "journal" : "file");
        return new FilterReader(reference.name(), reader);
    }

    /** All options of the filter, as a jail refers to them by {@code known/option}. */
    Map<String, String> known(Map<String, String> jailOptions) {
        return reader.read(OPTIONS, true, jailOptions, Set.of());
    }

    /**
     * Reads the definition.
     *
     * @param jailOptions the jail's options; those in {@link #OPTIONS} replace the filter's, but for its parameters of
     *     {@link #PARAMETERS_FIRST}
     * @throws ConfigurationException if a value is wrong
     */
    FilterDefinition read(Map<String, String> jailOptions) {
        Map<String, String> options = new LinkedHashMap<>(reader.read(OPTIONS, false, jailOptions, Set.of()));
        for (String option : OPTIONS) {
            String given = jailOptions.get(option);
            boolean fixed =
                    PARAMETERS_FIRST.contains(option) && reader.parameters().containsKey(option);
            if (given != null && !fixed) {
                options.put(option, given);
            }
        }
        return define(name, options, reader.place("failregex"), reader::place);
    }

    /** Where options stand, for messages. */
    interface Places {
        String of(String option);
    }

    static FilterDefinition define(String name, Map<String, String> options, String place, Places places) {
        String prefregex = options.getOrDefault("prefregex", "");
        return new FilterDefinition(
                name,
                prefregex.isEmpty() ? null : prefregex,
                entries(options.get("failregex")),
                entries(options.get("ignoreregex")),
                maxLines(options.get("maxlines"), places),
                entries(options.get("datepattern")),
                useDns(options.get("usedns"), places),
                entries(options.get("journalmatch")).stream()
                        .map(FilterReader::words)
                        .toList(),
                place);
    }

    private static List<String> entries(@Nullable String value) {
        return value == null
                ? List.of()
                : value.lines().filter(line -> !line.isEmpty()).toList();
    }

    private static int maxLines(@Nullable String value, Places places) {
        if (value == null || value.isBlank()) {
            return 1;
        }
        try {
            int lines = Integer.parseInt(value.strip());
            if (lines >= 1) {
                return lines;
            }
        } catch (NumberFormatException e) {
            // reported below, like a number out of range
        }
        throw new ConfigurationException(
                places.of("maxlines") + ": maxlines is '" + value + "': it takes a whole number from 1");
    }

    private static UseDns useDns(@Nullable String value, Places places) {
        try {
            return value == null || value.isBlank() ? UseDns.WARN : UseDns.parse(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(places.of("usedns") + ": " + e.getMessage(), e);
        }
    }

    /** Splits as a shell does: at white space outside of quotes. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c == '\\' && quote == '"' && i + 1 < text.length() ? text.charAt(++i) : c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
