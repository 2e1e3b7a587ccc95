package org.ipspipeline.loadgen.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.command.DurationConverter;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.attack.Family;
import org.ipspipeline.loadgen.testbed.SelfCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ips-pipeline demo}: the main job, live on one screen. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows the main job: a target server under attack, the daemon that bans the attackers, and what becomes of both.",
            "As root, in network namespaces of its own, with bans in the kernel (XDP); otherwise on the loopback interface, with"
                    + " a userspace gate inside the server. Leaves nothing behind."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int MOST_ATTACKERS = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "20s",
            converter = DurationConverter.class,
            description = "How long the attack lasts (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ofSeconds(20);

    @Option(
            names = "--attackers",
            paramLabel = "N",
            defaultValue = "254",
            description = "Misbehaving clients in all (default: ${DEFAULT-VALUE}).")
    private int attackers;

    @Option(
            names = "--pps",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "Packets a second that they send together; 0: as many as the machine can (default: ${DEFAULT-VALUE}).")
    private long pps;

    @Option(
            names = "--valid-pps",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Requests a second of well-behaved clients together (default: ${DEFAULT-VALUE}).")
    private long validPps;

    @Option(
            names = "--ban-time",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long a ban lasts (default: ${DEFAULT-VALUE}).")
    private Duration banTime = Duration.ofSeconds(10);

    @Option(
            names = "--max-retry",
            paramLabel = "N",
            defaultValue = "3",
            description = "Lines that ban a client (default: ${DEFAULT-VALUE}).")
    private int maxRetry;

    @Option(
            names = "--family",
            paramLabel = "4|6|both",
            defaultValue = "4",
            converter = Family.Converter.class,
            description = "The clients' addresses (default: ${DEFAULT-VALUE}).")
    private Family family = Family.IPV4;

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads of the server, each with its own ring segment (default: ${DEFAULT-VALUE}).")
    private int segments;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the daemon (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as one JSON object.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean privileged = "root".equals(System.getProperty("user.name"));
        check(privileged);
        DemoOptions options =
                new DemoOptions(duration, attackers, pps, validPps, banTime, maxRetry, family, segments, workers);
        PrintWriter out = spec.commandLine().getOut();
        DemoScreen screen = new DemoScreen(out, DemoScreen.isOnTerminal());
        DemoResult result;
        try (StopSignal stop = new StopSignal();
                Demo demo = new Demo(options, SelfCommand.of(spec), screen, privileged)) {
            result = demo.run(stop);
        }
        screen.verdict(result);
        if (json != null) {
            JSON.std
                    .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                    .write(result.toJson(), json.toFile());
        }
        return result.isWell() ? 0 : FAILED;
    }

    private void check(boolean privileged) {
        require(duration.toMillis() >= 1000, "--duration " + duration + ": give at least 1s");
        require(banTime.toMillis() >= 100, "--ban-time " + banTime + ": give at least 100ms");
        require(
                attackers >= 1 && attackers <= MOST_ATTACKERS,
                "--attackers " + attackers + ": give 1 to " + MOST_ATTACKERS);
        require(pps >= 0, "--pps " + pps + ": give 1 or more, or 0 for as many as the machine can");
        require(validPps >= 0, "--valid-pps " + validPps + ": give 0 or more");
        require(maxRetry >= 1, "--max-retry " + maxRetry + ": give 1 or more");
        require(segments >= 1 && segments <= 64, "--segments " + segments + ": give 1 to 64");
        require(workers >= 1 && workers <= 64, "--workers " + workers + ": give 1 to 64");
        require(
                privileged || family == Family.IPV4,
                "--family " + family
                        + ": IPv6 clients need addresses that only root can set up; run as root, or take 4");
        require(
                json == null
                        || json.toAbsolutePath().getParent() == null
                        || Files.isWritable(json.toAbsolutePath().getParent()),
                "--json " + json + ": the directory is not there or not writable");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new UsageException(otherwise);
        }
    }
}
