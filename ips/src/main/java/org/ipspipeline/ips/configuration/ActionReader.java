package org.ipspipeline.ips.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the actions of a jail from {@code action.d}. */
final class ActionReader {

    private static final List<String> OPTIONS = List.of(
            "actionstart",
            "actionstart_on_demand",
            "actionstop",
            "actionflush",
            "actionreload",
            "actioncheck",
            "actionrepair",
            "actionrepair_on_unban",
            "actionban",
            "actionprolong",
            "actionreban",
            "actionunban",
            "norestored");

    /** Tags that a ban fills in, even where an option has the same name. */
    private static final Set<String> FILLED_BY_BAN =
            Set.of("matches", "ipmatches", "ipjailmatches", "timeout", "bantime");

    private final IniLoader loader;
    private final Path directory;

    ActionReader(IniLoader loader, Path directory) {
        this.loader = loader;
        this.directory = directory;
    }

    /**
     * Reads one action.
     *
     * @param reference its name and parameters
     * @param jail the jail's name
     * @param jailOptions the jail's options
     * @throws ConfigurationException if there is no such action
     */
    Action read(OptionSyntax reference, String jail, Map<String, String> jailOptions) {
        String name = reference.name();
        if (name.endsWith(".py")) {
            return python(reference);
        }
        IniTree tree = loader.load(directory, "action.d/" + name);
        if (tree == null) {
            throw new ConfigurationException(
                    directory.resolve("action.d").resolve(name + ".conf") + ": there is no action '" + name + "'");
        }
        Map<String, String> parameters = new LinkedHashMap<>(reference.parameters());
        String given = parameters.computeIfAbsent("name", ignored -> jail);
        parameters.computeIfAbsent("actname", ignored -> uniqueName(name, given, jail));
        DefinitionReader reader = new DefinitionReader("action " + name, tree, parameters);
        return new Action(name, reference.parameters(), reader.read(OPTIONS, false, jailOptions, FILLED_BY_BAN));
    }

    private Action python(OptionSyntax reference) {
        Path file = directory.resolve("action.d").resolve(reference.name());
        if (!Files.exists(file)) {
            throw new ConfigurationException(file + ": there is no action '" + reference.name() + "'");
        }
        return new Action(reference.name(), reference.parameters(), Map.of());
    }

    private static String uniqueName(String action, String given, String jail) {
        if (given.equals(jail)) {
            return action;
        }
        return action + (given.startsWith(jail) ? given.substring(jail.length()) : "-" + given);
    }
}
