package org.ipspipeline.ips.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.daemon.DaemonOptions;
import org.ipspipeline.ips.daemon.DaemonStatus;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.match.PatternSyntaxException;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.spec.SourceOptions;
import org.ipspipeline.ips.source.spec.SourceSpec;
import org.ipspipeline.ips.source.spec.Sources;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ips-pipeline run}: the daemon, without a configuration file. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads log lines as they come, counts failures per address over all sources, and bans.",
            "A client with --max-retry failures within --find-time is banned for --ban-time, and starts at zero after it."
        },
        footer = {
            "",
            "Durations are a number with ms, s, m, h or d; without a unit they are seconds.",
            "Ends on Ctrl-C or SIGTERM after it has handled what has come, or when all sources have ended."
        })
public final class RunCommand implements Callable<Integer> {

    /** A ring without a reader asleep in the kernel is looked at so often at least. */
    private static final long LONGEST_SLEEP_NANOS = 50_000;

    @Option(
            names = {"-s", "--source"},
            paramLabel = "SOURCE",
            required = true,
            description = "Where lines come from: " + SourceSpec.FORMS + ". Can be given several times.")
    private List<String> sources = List.of();

    @Option(
            names = {"-e", "--pattern"},
            paramLabel = "REGEX",
            required = true,
            description =
                    "Which lines are failures; <HOST> stands for the client's address. Can be given several times; the"
                            + " first that matches counts.")
    private List<String> patterns = List.of();

    @Option(
            names = {"-r", "--max-retry"},
            paramLabel = "N",
            defaultValue = "5",
            description = "Failures that ban (default: ${DEFAULT-VALUE}).")
    private int maxRetry;

    @Option(
            names = "--find-time",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How far back failures count (default: ${DEFAULT-VALUE}).")
    private Duration findTime = Duration.ofMinutes(10);

    @Option(
            names = "--ban-time",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long a ban lasts (default: ${DEFAULT-VALUE}).")
    private Duration banTime = Duration.ofMinutes(10);

    @ArgGroup(multiplicity = "1")
    private EnforcementOptions enforcement = new EnforcementOptions();

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Threads that run the pipelines, pinned where there are CPUs to pin to (default: as many as CPUs).")
    private int workers;

    @Option(names = "--stealing", description = "Let a worker without work take blocks of other workers' sources.")
    private boolean stealing;

    @Option(
            names = "--max-tracked",
            paramLabel = "N",
            defaultValue = "" + DaemonOptions.DEFAULT_MAX_TRACKED,
            description = "Addresses that are tracked at most, at 48 bytes each (default: ${DEFAULT-VALUE}).")
    private int maxTracked;

    @Option(
            names = "--max-bans",
            paramLabel = "N",
            defaultValue = "" + DaemonOptions.DEFAULT_MAX_BANS,
            description = "Bans that are held at most, for each address family (default: ${DEFAULT-VALUE}).")
    private int maxBans;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        JailPolicy jail = jail();
        PatternSet compiled = compile();
        Doorbell doorbell = new Doorbell(LONGEST_SLEEP_NANOS);
        List<LineSource> opened = openSources(doorbell);
        Enforcer enforcer = openEnforcer(opened);
        try (JsonLines json = reports.open();
                StopSignal stop = new StopSignal();
                IpsDaemon daemon = new IpsDaemon(
                        new DaemonOptions(jail, workers, stealing, maxTracked, maxBans),
                        opened,
                        doorbell,
                        compiled,
                        enforcer)) {
            reports.text().println(daemon.describe());
            reports.text()
                    .printf(
                            "enforcement %s; %d failures within %s ban for %s%n",
                            daemon.enforcement(), maxRetry, text(findTime), text(banTime));
            reports.text().flush();
            json.write(daemon.status().toJson("ready"));
            new Reporter(reports, stop)
                    .run(() -> json.write(daemon.status().toJson("stats")), () -> !daemon.isRunning());
            daemon.drain();
            json.write(daemon.status().toJson("summary"));
            say(daemon.status());
            if (daemon.failure().isPresent()) {
                throw new IOException(
                        "a worker failed: " + daemon.failure().get(),
                        daemon.failure().get());
            }
            return 0;
        }
    }

    private JailPolicy jail() {
        if (workers < 0) {
            throw new UsageException("--workers " + workers + ": give 1 or more, or 0 for as many as CPUs");
        }
        try {
            FailureRule rule = new FailureRule(0, maxRetry, findTime.toNanos(), banTime.toNanos());
            return JailPolicy.of("run", rule);
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException(String.valueOf(outOfRange.getMessage()), outOfRange);
        }
    }

    private PatternSet compile() {
        try {
            return PatternSet.compile(patterns);
        } catch (PatternSyntaxException wrong) {
            throw new UsageException("--pattern: " + wrong.getMessage(), wrong);
        }
    }

    private List<LineSource> openSources(Doorbell doorbell) {
        try {
            return Sources.open(sources.stream().map(SourceSpec::parse).toList(), SourceOptions.everything(doorbell));
        } catch (SourceException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private Enforcer openEnforcer(List<LineSource> opened) throws IOException {
        try {
            return enforcement.open(maxBans);
        } catch (IOException | RuntimeException refused) {
            for (LineSource source : opened) {
                source.close();
            }
            throw refused;
        }
    }

    private void say(DaemonStatus end) {
        reports.text()
                .printf(
                        Locale.ROOT,
                        "%,d lines read, %,d lost; %,d failures; %,d bans of %,d clients; line to ban %d us median, %d us p99%n",
                        end.lines(),
                        end.lost(),
                        end.matches(),
                        end.bans().begun(),
                        end.bans().distinct(),
                        end.bans().latencyMicros().getValueAtPercentile(50),
                        end.bans().latencyMicros().getValueAtPercentile(99));
        reports.text().flush();
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
