package org.ipspipeline.ips.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jails to run, in whichever form they are written. */
public final class EnabledJails {

    private EnabledJails() {}

    /**
     * Reads the jails that are switched on.
     *
     * @param path fail2ban's configuration directory, or a TOML file
     * @return the jails, in the order in which they are written
     * @throws ConfigurationException naming the first thing that is wrong
     */
    public static List<Jail> of(Path path) {
        if (Files.isRegularFile(path)) {
            return TomlConfiguration.open(path).enabledJails();
        }
        Fail2banConfiguration configuration = Fail2banConfiguration.open(path);
        return configuration.enabledJailNames().stream().map(configuration::jail).toList();
    }
}
