package org.ipspipeline.loadgen.process;

import org.ipspipeline.ips.command.OneLineErrors;
import org.ipspipeline.loadgen.attack.AttackCommand;
import org.ipspipeline.loadgen.server.ServerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A program of this module's commands alone. */
@Command(
        name = "ips-pipeline",
        subcommands = {ServerCommand.class, AttackCommand.class})
public final class LoadgenCommands {

    private LoadgenCommands() {}

    /**
     * Runs a command.
     *
     * @param arguments its name and arguments
     */
    public static void main(String[] arguments) {
        System.exit(
                OneLineErrors.install(new CommandLine(new LoadgenCommands()).setCaseInsensitiveEnumValuesAllowed(true))
                        .execute(arguments));
    }
}
