package org.ipspipeline.ips.configuration;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One filter or action: a tree with a {@code [Definition]}, the defaults of its parameters in {@code [Init]}, and the
 * parameters that a jail gives it, which win over both.
 */
final class DefinitionReader {

    private static final String DEFINITION = "Definition";
    private static final String INIT = "Init";
    private static final Pattern CONDITIONAL = Pattern.compile("(\\w+)(\\?.+)");

    private final String name;
    private final IniTree tree;
    private final Map<String, String> parameters;

    /**
     * @param name as messages show it
     * @param tree the definition's files
     * @param parameters what the jail gives in brackets
     */
    DefinitionReader(String name, IniTree tree, Map<String, String> parameters) {
        this.name = name;
        this.tree = tree;
        this.parameters = new LinkedHashMap<>(parameters);
    }

    /** Adds a parameter that neither the jail nor the definition itself gives. */
    void addDefaultParameter(String option, String value) {
        if (parameters.getOrDefault(option, "").isEmpty()
                && !tree.ownOptions(DEFINITION).contains(option)) {
            parameters.put(option, value);
        }
    }

    /** The parameters given and defaulted so far. */
    Map<String, String> parameters() {
        return parameters;
    }

    /**
     * Reads the options, interpolated and with their tags replaced.
     *
     * @param wanted the options to read
     * @param all whether to read all others of the definition as well
     * @param jailOptions the jail's options: they win over the definition's, and such an option is left out here
     * @param untouched tags to leave alone
     * @return by name: the options that are given, and all parameters
     */
    Map<String, String> read(List<String> wanted, boolean all, Map<String, String> jailOptions, Set<String> untouched) {
        Map<String, String> variables = lowerCase(jailOptions);
        variables.putAll(lowerCase(parameters));
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : wanted) {
            String value = variables.containsKey(option) ? null : tree.get(DEFINITION, option, variables);
            if (value != null) {
                options.put(option, value);
            }
        }
        readInit();
        if (all) {
            for (String option : tree.options(DEFINITION)) {
                String value = options.containsKey(option) ? null : tree.get(DEFINITION, option, Map.of());
                if (value != null) {
                    options.put(option, value);
                }
            }
        }
        options.putAll(parameters);
        try {
            return new TagSubstitution(
                            tag -> tree.getQualified(DEFINITION, tag, variables), ignored(options, untouched))
                    .resolve(options);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(place() + ": " + name + ": " + e.getMessage(), e);
        }
    }

    private void readInit() {
        for (String option : tree.ownOptions(INIT)) {
            String value = tree.get(INIT, option, Map.of());
            if (value != null) {
                parameters.put("known/" + option, value);
                parameters.putIfAbsent(option, value);
            }
        }
    }

    /** Where the definition stands: the place of its first option. */
    String place() {
        for (String option : tree.ownOptions(DEFINITION)) {
            IniValue value = tree.raw(DEFINITION, option);
            if (value != null) {
                return value.file().toString();
            }
        }
        return name;
    }

    /** Where an option stands, or where the definition does. */
    String place(String option) {
        @Nullable IniValue value = tree.raw(DEFINITION, option);
        return value == null ? place() : value.place();
    }

    private static Set<String> ignored(Map<String, String> options, Set<String> untouched) {
        Set<String> ignored = new HashSet<>(untouched);
        for (String option : options.keySet()) {
            Matcher conditional = CONDITIONAL.matcher(option);
            if (conditional.matches()) {
                ignored.add(conditional.group(1));
            }
        }
        return ignored;
    }

    private static Map<String, String> lowerCase(Map<String, String> options) {
        Map<String, String> lower = new LinkedHashMap<>();
        options.forEach((option, value) -> lower.put(option.toLowerCase(Locale.ROOT), value));
        return lower;
    }
}
