package org.ipspipeline.ips.command;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which jails there are: those of a configuration directory, or one that the command line describes. */
final class JailOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "DIR|FILE",
            required = true,
            description =
                    "fail2ban's configuration directory, such as /etc/fail2ban, or a TOML file: runs the jails that are"
                            + " enabled in it.")
    private @Nullable Path directory;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable PatternOptions pattern;

    /**
     * Checks what can be checked before anything is opened.
     *
     * @param state the directory in which files and journals keep their places; null to keep none
     */
    JailsToRun prepare(@Nullable Path state) {
        return pattern != null
                ? new PatternJail(pattern, state)
                : new ConfiguredJails(Objects.requireNonNull(directory), state);
    }
}
