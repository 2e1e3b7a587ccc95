package org.ipspipeline.benchmarks.logging;

import org.ipspipeline.loadgen.server.ServerCommand;
import picocli.CommandLine;

/** The target server alone, as a process to look at. */
public final class ServerMain {

    private ServerMain() {}

    /**
     * Runs the server.
     *
     * @param arguments as {@code ips-pipeline server} takes them
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ServerCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
