package org.ipspipeline.ips.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The jails that an operator has written, in whichever form. What is read stays as it was when the instance was made; a
 * reload makes a new one. Not for use by several threads at once.
 */
public interface JailConfiguration {

    /**
     * Opens a configuration.
     *
     * @param path fail2ban's directory, or a TOML file
     * @throws ConfigurationException if there is none, or it cannot be read at all
     */
    static JailConfiguration open(Path path) {
        return Files.isRegularFile(path) ? TomlConfiguration.open(path) : Fail2banConfiguration.open(path);
    }

    /** {@return the names of all jails, switched on or not, in the order in which they are written} */
    List<String> jailNames();

    /** {@return the names of the jails that are switched on, in the order in which they are written} */
    List<String> enabledJailNames();

    /**
     * {@return a jail, switched on or not}
     *
     * @param name one of {@link #jailNames()}
     * @throws ConfigurationException naming the place of the first thing that is wrong
     */
    default Jail jail(String name) {
        return jail(name, Map.of());
    }

    /**
     * {@return a jail of which some options are replaced}
     *
     * @param name one of {@link #jailNames()}
     * @param replaced options, by fail2ban's names, with their values; of lists, each entry on a line of its own
     * @throws ConfigurationException naming the place of the first thing that is wrong
     */
    Jail jail(String name, Map<String, String> replaced);
}
