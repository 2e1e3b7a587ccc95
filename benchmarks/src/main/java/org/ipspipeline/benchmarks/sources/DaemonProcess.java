package org.ipspipeline.benchmarks.sources;

import org.ipspipeline.ips.command.OneLineErrors;
import org.ipspipeline.ips.command.RunCommand;
import picocli.CommandLine;

/** The command {@code run} as the main class of a process. */
public final class DaemonProcess {

    private DaemonProcess() {}

    /**
     * Runs the daemon and ends the JVM with its exit code.
     *
     * @param arguments those of {@code run}
     */
    public static void main(String[] arguments) {
        System.exit(OneLineErrors.install(new CommandLine(new RunCommand()).setCaseInsensitiveEnumValuesAllowed(true))
                .execute(arguments));
    }
}
