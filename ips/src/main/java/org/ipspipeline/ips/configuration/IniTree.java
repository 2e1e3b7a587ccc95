package org.ipspipeline.ips.configuration;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Several INI files laid over each other, the later winning option by option. What a later file overrides stays reachable
 * as {@code known/option}; a section {@code [Name?condition]} adds options {@code option?condition} to {@code [Name]}.
 */
final class IniTree {

    private static final String KNOWN = "KNOWN/";
    private static final Pattern CONDITIONAL = Pattern.compile("(\\w+)(\\?.+)");
    private static final Pattern QUALIFIED = Pattern.compile("([\\w-]+)/([^\\s>]+)");

    private final Map<String, IniValue> defaults = new LinkedHashMap<>();
    private final Map<String, Map<String, IniValue>> sections = new LinkedHashMap<>();

    /**
     * Lays files over each other.
     *
     * @param files the first to win last
     */
    IniTree(List<IniFile> files) {
        for (IniFile file : files) {
            file.sections().forEach((name, options) -> {
                if (name.equals(IniFile.DEFAULT)) {
                    defaults.putAll(options);
                } else {
                    mergeSection(name, options);
                }
            });
        }
    }

    private void mergeSection(String name, Map<String, IniValue> options) {
        Matcher conditional = CONDITIONAL.matcher(name);
        if (conditional.matches()) {
            Map<String, IniValue> renamed = new LinkedHashMap<>();
            options.forEach((option, value) -> renamed.put(option + conditional.group(2), value));
            merge(conditional.group(1), renamed);
        } else {
            merge(name, options);
        }
    }

    private void merge(String name, Map<String, IniValue> options) {
        Map<String, IniValue> present = sections.get(name);
        if (present == null) {
            sections.put(name, new LinkedHashMap<>(options));
            return;
        }
        Map<String, IniValue> known = sections.computeIfAbsent(KNOWN + name, ignored -> new LinkedHashMap<>());
        options.keySet().forEach(option -> {
            IniValue overridden = present.get(option);
            if (overridden != null) {
                known.put(option, overridden);
            }
        });
        present.putAll(options);
    }

    /** The names of all sections in order, the defaults and the includes left out. */
    List<String> sectionNames() {
        return sections.keySet().stream()
                .filter(name -> !name.startsWith(KNOWN) && !name.equals(IniFile.INCLUDES))
                .toList();
    }

    boolean hasSection(String section) {
        return sections.containsKey(section);
    }

    /** The options that a section gives itself, without those it inherits. */
    Set<String> ownOptions(String section) {
        return sections.getOrDefault(section, Map.of()).keySet();
    }

    /** The options of a section with those it inherits. */
    Set<String> options(String section) {
        Map<String, IniValue> all = new LinkedHashMap<>(defaults);
        all.putAll(sections.getOrDefault(section, Map.of()));
        return all.keySet();
    }

    /** The raw value of an option, inherited ones included; null if nothing gives it. */
    @Nullable
    IniValue raw(String section, String option) {
        IniValue own = sections.getOrDefault(section, Map.of()).get(option);
        return own != null ? own : defaults.get(option);
    }

    /**
     * The value of an option, interpolated.
     *
     * @param variables names that win over the section's options, in the option's place too
     * @return null if nothing gives the option
     */
    @Nullable
    String get(String section, String option, Map<String, String> variables) {
        String name = option.toLowerCase(Locale.ROOT);
        if (!hasSection(section) && !section.equals(IniFile.DEFAULT)) {
            return null;
        }
        IniValue raw = raw(section, name);
        String text = variables.getOrDefault(name, raw == null ? null : raw.text());
        String place = raw == null ? "[" + section + "]" : raw.place();
        return text == null ? null : new Interpolation(this, section, variables, name, place).resolve(text);
    }

    /**
     * The value of an option that may name its section, as {@code section/option} or {@code known/option}; otherwise as
     * {@link #get}.
     */
    @Nullable
    String getQualified(String section, String option, Map<String, String> variables) {
        Matcher qualified = QUALIFIED.matcher(option);
        if (qualified.matches()) {
            String named = qualified.group(1);
            String name = qualified.group(2);
            List<String> candidates = switch (named.toLowerCase(Locale.ROOT)) {
                case "known" -> List.of(KNOWN + section, section);
                case "default" -> List.of(IniFile.DEFAULT);
                default -> List.of(named);
            };
            for (String candidate : candidates) {
                String value = get(candidate, name, Map.of());
                if (value != null) {
                    return value;
                }
            }
        }
        return get(section, option, variables);
    }

    /** The raw text that {@code %(section/option)s} stands for inside a section, or null. */
    @Nullable
    String rawQualified(String section, String named, String option) {
        IniValue value = null;
        switch (named.toLowerCase(Locale.ROOT)) {
            case "default" -> {}
            case "known" ->
                value = sections.getOrDefault(KNOWN + section, Map.of()).get(option);
            default -> {
                Map<String, IniValue> other = sections.get(named);
                if (other == null) {
                    return null;
                }
                value = other.get(option);
            }
        }
        IniValue found = value != null ? value : defaults.get(option);
        return found == null ? null : found.text();
    }

    /** Adds options to a section, as {@code prefix} + name; the place is the section's own. */
    void addOptions(String section, String prefix, Map<String, String> options, IniValue place) {
        Map<String, IniValue> target = sections.computeIfAbsent(section, ignored -> new LinkedHashMap<>());
        Map<String, IniValue> added = new HashMap<>();
        options.forEach((name, text) -> {
            if (prefix.isEmpty() || !name.startsWith(prefix)) {
                added.put(prefix + name, new IniValue(text, place.file(), place.line()));
            }
        });
        target.putAll(added);
    }

    /** Adds options that every section inherits. */
    void addDefaults(Map<String, String> options, IniValue place) {
        options.forEach((name, text) -> defaults.put(name, new IniValue(text, place.file(), place.line())));
    }
}
