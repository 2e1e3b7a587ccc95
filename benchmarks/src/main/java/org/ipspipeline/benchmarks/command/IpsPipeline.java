package org.ipspipeline.benchmarks.command;

import org.ipspipeline.benchmarks.evaluation.EvaluateCommand;
import org.ipspipeline.ips.command.CheckCommand;
import org.ipspipeline.ips.command.ImportFail2banCommand;
import org.ipspipeline.ips.command.OneLineErrors;
import org.ipspipeline.ips.command.PipeCommand;
import org.ipspipeline.ips.command.RunCommand;
import org.ipspipeline.ips.command.ScanCommand;
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
import org.ipspipeline.ips.command.ring.RingCommand;
import org.ipspipeline.loadgen.attack.AttackCommand;
import org.ipspipeline.loadgen.demo.DemoCommand;
import org.ipspipeline.loadgen.server.ServerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code ips-pipeline}: its commands, its exit codes, its way of reporting what went wrong. */
@Command(
        name = "ips-pipeline",
        mixinStandardHelpOptions = true,
        versionProvider = IpsPipeline.Version.class,
        description = "Reads log lines as servers write them, and drops the clients that misbehave in the kernel.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ScanCommand.class,
            RingCommand.class,
            StatusCommand.class,
            BannedCommand.class,
            BanCommand.class,
            UnbanCommand.class,
            FlushCommand.class,
            GetCommand.class,
            SetCommand.class,
            ReloadCommand.class,
            StatsCommand.class,
            ClientCommand.class,
            ImportFail2banCommand.class,
            CheckCommand.class,
            ServerCommand.class,
            AttackCommand.class,
            PipeCommand.class,
            DemoCommand.class,
            EvaluateCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "'ips-pipeline test' runs the project's tests; 'ips-pipeline COMMAND --help' tells about a command.",
            "Exit codes: 0 well, 1 a failed run, 2 wrong usage or configuration."
        })
public final class IpsPipeline {

    private IpsPipeline() {}

    /**
     * Runs the command line and ends the JVM with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return OneLineErrors.install(new CommandLine(new IpsPipeline()).setCaseInsensitiveEnumValuesAllowed(true));
    }

    /** The version that stands in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = IpsPipeline.class.getPackage().getImplementationVersion();
            return new String[] {"ips-pipeline " + (version == null ? "(not packaged)" : version)};
        }
    }
}
