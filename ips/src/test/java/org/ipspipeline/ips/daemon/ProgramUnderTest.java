package org.ipspipeline.ips.daemon;

import org.ipspipeline.ips.command.OneLineErrors;
import org.ipspipeline.ips.command.PipeCommand;
import org.ipspipeline.ips.command.RunCommand;
import org.ipspipeline.ips.command.control.BanCommand;
import org.ipspipeline.ips.command.control.BannedCommand;
import org.ipspipeline.ips.command.control.ClientCommand;
import org.ipspipeline.ips.command.control.FlushCommand;
import org.ipspipeline.ips.command.control.GetCommand;
import org.ipspipeline.ips.command.control.ReloadCommand;
import org.ipspipeline.ips.command.control.SetCommand;
import org.ipspipeline.ips.command.control.StatsCommand;
import org.ipspipeline.ips.command.control.StatusCommand;
import org.ipspipeline.ips.command.control.UnbanCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of this module as a program, for tests with real processes. */
@Command(
        name = "ips-pipeline",
        subcommands = {
            RunCommand.class,
            PipeCommand.class,
            StatusCommand.class,
            BannedCommand.class,
            BanCommand.class,
            UnbanCommand.class,
            FlushCommand.class,
            GetCommand.class,
            SetCommand.class,
            ReloadCommand.class,
            StatsCommand.class,
            ClientCommand.class
        })
public final class ProgramUnderTest {

    private ProgramUnderTest() {}

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(
                OneLineErrors.install(new CommandLine(new ProgramUnderTest())).execute(arguments));
    }
}
