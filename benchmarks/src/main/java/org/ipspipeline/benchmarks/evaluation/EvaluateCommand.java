package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ipspipeline.benchmarks.evaluation.report.EvaluationReport;
import org.ipspipeline.benchmarks.evaluation.result.ResultDirectory;
import org.ipspipeline.benchmarks.evaluation.result.RunResult;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.testbed.SelfCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ips-pipeline evaluate}: every experiment of the thesis, on this machine, with a report. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Repeats the experiments of the thesis with real processes in network namespaces, beside fail2ban, and writes a page"
                    + " with a plot for each of its figures.",
            "Needs root. Runs that are in the directory already are not run again, so an evaluation that was stopped goes on."
        })
public final class EvaluateCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "ROW", description = "Experiments to run, by name (default: all).")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Show the experiments, and which figure of the thesis each stands beside.")
    private boolean list;

    @Option(
            names = "--preset",
            paramLabel = "quick|full|thesis",
            defaultValue = "quick",
            converter = Preset.Converter.class,
            description =
                    "How long: quick, all of it in some five minutes, with short bans; full, runs of a minute; thesis,"
                            + " its own set-up of 300 s a run, 16 segments, 4 workers and bans of 30 s (default: ${DEFAULT-VALUE}).")
    private Preset preset = Preset.QUICK;

    @Option(names = "--quick", description = "The same as --preset quick.")
    private boolean quick;

    @Option(names = "--full", description = "The same as --preset full.")
    private boolean full;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            defaultValue = "evaluation",
            description = "Where results and the report, index.html, are kept (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("evaluation");

    @Option(names = "--again", description = "Run again what is in the directory already.")
    private boolean again;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IF",
            description = "Use two hosts: this host's interface towards the attackers, where bans are enforced.")
    private @Nullable String device;

    @Option(
            names = "--target",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Use two hosts: this host's addresses that the attackers send to, one of each family.")
    private List<String> targets = List.of();

    @Option(
            names = "--attackers-command",
            paramLabel = "COMMAND",
            description = "Use two hosts: runs ips-pipeline on the attackers' host, such as 'ssh root@attackers"
                    + " /opt/ips-pipeline/ips-pipeline'.")
    private @Nullable String attackersCommand;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter text = spec.commandLine().getOut();
        if (list) {
            Matrix.rows()
                    .forEach(row -> text.printf(
                            "%-24s %-12s %s%n",
                            row.name(), row.figure().isEmpty() ? "" : "Figure " + row.figure(), row.title()));
            text.flush();
            return 0;
        }
        Preset chosen = preset();
        List<Experiment> wanted = wanted();
        Environment environment = environment();
        ResultDirectory directory = new ResultDirectory(writable(out));
        List<Experiment> missing = new ArrayList<>();
        for (Experiment experiment : wanted) {
            if (again || !Evaluation.isThere(directory, experiment, chosen)) {
                missing.add(experiment);
            }
        }
        Map<String, String> failures = measure(directory, environment, chosen, missing);
        List<RunResult> results = report(directory, failures);
        Path page = directory.path().resolve("index.html").toAbsolutePath().normalize();
        text.printf(
                "%d of %d experiments; the report is %s%n",
                results.size(), Matrix.rows().size(), page);
        text.flush();
        return failures.isEmpty() ? 0 : FAILED;
    }

    private Map<String, String> measure(
            ResultDirectory directory, Environment environment, Preset chosen, List<Experiment> missing)
            throws IOException, InterruptedException {
        double seconds = missing.stream()
                .mapToDouble(row -> chosen.duration(row.pace()).toMillis() / 1000.0)
                .sum();
        Progress progress = new Progress(spec.commandLine().getErr(), Progress.isTerminal(), missing.size(), seconds);
        try (StopSignal stop = new StopSignal()) {
            Map<String, String> failures =
                    new Evaluation(directory, environment, chosen, progress).run(missing, again, stop);
            progress.say(missing.isEmpty() ? "nothing to run: all is there (--again runs it again)" : "measured");
            return failures;
        }
    }

    private static List<RunResult> report(ResultDirectory directory, Map<String, String> failures) throws IOException {
        List<RunResult> results = Evaluation.results(directory);
        Map<String, Object> machine = directory.findOther("machine").orElse(Map.of());
        directory.export(machine, results);
        new EvaluationReport(
                        machine,
                        directory.findOther("calibration").orElse(Map.of()),
                        directory.findOther("tables").orElse(Map.of()),
                        results,
                        new LinkedHashMap<>(failures))
                .write(directory.path().resolve("index.html"));
        return results;
    }

    private Preset preset() {
        if (quick && full) {
            throw new UsageException("--quick and --full: give one of the two");
        }
        return full ? Preset.FULL : quick ? Preset.QUICK : preset;
    }

    private List<Experiment> wanted() {
        List<Experiment> all = Matrix.rows();
        for (String name : names) {
            if (all.stream().noneMatch(row -> row.name().equals(name))) {
                throw new UsageException("evaluate " + name + ": no such experiment; 'evaluate --list' shows them");
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(row -> names.contains(row.name())).toList();
    }

    private Environment environment() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new UsageException("evaluate needs root, for network namespaces and XDP; 'demo' runs without");
        }
        SelfCommand self = SelfCommand.of(spec);
        boolean twoHosts = device != null || !targets.isEmpty() || attackersCommand != null;
        if (!twoHosts) {
            return Environment.onThisHost(self);
        }
        if (device == null || targets.isEmpty() || attackersCommand == null) {
            throw new UsageException(
                    "two hosts need all of --interface, --target and --attackers-command: give the one that is missing");
        }
        return new Environment(
                self,
                targets,
                device,
                Arrays.stream(attackersCommand.strip().split("\\s+", -1)).collect(Collectors.toList()));
    }

    private static Path writable(Path directory) {
        Path existing = directory.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new UsageException("--out " + directory + ": cannot be made; name a directory that is writable");
        }
        return directory;
    }
}
