package org.ipspipeline.ips.daemon;

import org.ipspipeline.ips.command.OneLineErrors;
import org.ipspipeline.ips.command.RunCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of this module as a program, for tests with real processes. */
@Command(
        name = "ips-pipeline",
        subcommands = {RunCommand.class})
public final class ProgramUnderTest {

    private ProgramUnderTest() {}

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(
                OneLineErrors.install(new CommandLine(new ProgramUnderTest())).execute(arguments));
    }
}
