package org.ipspipeline.ips.command;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ipspipeline.ips.daemon.DaemonOptions;
import org.ipspipeline.ips.daemon.DaemonStatus;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailKeeper;
import org.ipspipeline.ips.match.scan.Hyperscan;
import org.ipspipeline.ips.source.Doorbell;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ips-pipeline run}: the daemon. */
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

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    /** A ring without a reader asleep in the kernel is looked at so often at least. */
    private static final long LONGEST_SLEEP_NANOS = 50_000;

    @ArgGroup(multiplicity = "1")
    private JailOptions jails = new JailOptions();

    @ArgGroup(multiplicity = "0..1")
    private @Nullable EnforcementOptions enforcement;

    @Mixin
    private StateOptions state = new StateOptions();

    @Mixin
    private AlsoOptions also = new AlsoOptions();

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

    @Option(
            names = "--rehearsal",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Run the code on made-up lines first, for up to three seconds, so that the JVM has compiled it when the first"
                            + " attacker comes (default), or be ready at once.")
    private boolean rehearsal;

    @Mixin
    private ServiceOptions serviceOptions = new ServiceOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (workers < 0) {
            throw new UsageException("--workers " + workers + ": give 1 or more, or 0 for as many as CPUs");
        }
        JailsToRun toRun = jails.prepare(state.places());
        String problem = Hyperscan.problem();
        if (problem != null) {
            LOG.warn("lines are scanned in Java, which is slower: Hyperscan cannot be used here: {}", problem);
        }
        Doorbell doorbell = new Doorbell(LONGEST_SLEEP_NANOS);
        JailNames names = new JailNames();
        try (JsonLines json = reports.open();
                StopSignal stop = new StopSignal();
                IpsDaemon daemon = new IpsDaemon(
                        new DaemonOptions(workers, stealing, maxTracked, maxBans, toRun.configured()),
                        doorbell,
                        also.open(enforcement(toRun), maxBans, names, reports.text()::println),
                        state.open(names));
                RunningService service =
                        new RunningService(daemon, begin(toRun, daemon, doorbell, names), stop::request)) {
            state.restore(daemon, reports.text()::println);
            service.open(serviceOptions, toRun.configured());
            reports.text().println(daemon.describe());
            reports.text().printf("enforcement %s; %s%n", daemon.enforcement(), toRun.describe());
            reports.text().flush();
            json.write(daemon.status().toJson("ready"));
            service.ready(toRun.describe());
            new Reporter(reports, stop)
                    .run(() -> json.write(daemon.status().toJson("stats")), () -> !daemon.isRunning());
            service.end();
            daemon.drain();
            state.close();
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

    private Optional<JailKeeper> begin(JailsToRun toRun, IpsDaemon daemon, Doorbell doorbell, JailNames names) {
        if (rehearsal) {
            Feeding.rehearse(daemon, toRun.rehearsal());
        }
        names.follow(daemon::jailName);
        return toRun.begin(daemon, doorbell, also.actions());
    }

    private EnforcementOptions enforcement(JailsToRun toRun) {
        if (enforcement != null) {
            return enforcement;
        }
        if (!toRun.configured()) {
            throw new UsageException("say how to ban: --interface IF, --enforce auto, --gate FILE or --dry-run");
        }
        return EnforcementOptions.automatic();
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
}
