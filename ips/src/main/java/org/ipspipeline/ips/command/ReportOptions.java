package org.ipspipeline.ips.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that reports while it runs. */
public final class ReportOptions {

    @Option(
            names = "--stats-json",
            paramLabel = "-|FILE",
            description = "Write JSON objects, one a line: when ready, regularly, and a summary at the end."
                    + " '-' is the standard output; text for people then goes to the standard error.")
    private @Nullable String target;

    @Option(
            names = "--stats-every",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Time between two statistics (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ofSeconds(1);

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End after this time (default: when asked to, by Ctrl-C or SIGTERM).")
    private @Nullable Duration duration;

    /** {@return where text for people goes} */
    public PrintStream text() {
        return "-".equals(target) ? System.err : System.out;
    }

    /** {@return how long the command runs, null for until it is stopped} */
    public @Nullable Duration duration() {
        return duration;
    }

    /**
     * {@return the writer of the statistics}
     *
     * @throws UsageException when the file cannot be written
     */
    public JsonLines open() {
        if (target == null) {
            return JsonLines.nowhere();
        }
        if (target.equals("-")) {
            return JsonLines.to(System.out);
        }
        try {
            return JsonLines.to(Path.of(target));
        } catch (IOException failure) {
            throw new UsageException("--stats-json: cannot write " + target + ": " + failure.getMessage(), failure);
        }
    }

    /** {@return the time between two statistics, in nanoseconds} */
    long everyNanos() {
        return Math.max(every.toNanos(), 1_000_000);
    }
}
