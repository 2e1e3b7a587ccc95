package org.ipspipeline.benchmarks.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ipspipeline.benchmarks.ban.BanComparison;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.EarlierReport;
import org.ipspipeline.benchmarks.comparison.MachineDescription;
import org.ipspipeline.benchmarks.comparison.Report;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.benchmarks.comparison.Table;
import org.ipspipeline.benchmarks.ipc.IpcComparison;
import org.ipspipeline.benchmarks.jmh.JmhComparison;
import org.ipspipeline.benchmarks.logging.LoggingComparison;
import org.ipspipeline.benchmarks.match.MatchComparison;
import org.ipspipeline.benchmarks.parts.PartsComparison;
import org.ipspipeline.benchmarks.pipeline.PipelineComparison;
import org.ipspipeline.benchmarks.ring.RingComparison;
import org.ipspipeline.benchmarks.scaling.ScalingComparison;
import org.ipspipeline.benchmarks.sources.SourcesComparison;
import org.ipspipeline.benchmarks.stages.StagesComparison;
import org.ipspipeline.benchmarks.xdp.XdpComparison;
import org.ipspipeline.ips.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench NAME}: runs one comparison, or all, and prints the table. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures ours beside its peers, interleaved in one run, and prints medians.",
            "A ratio says how many times better ours is: above 1 is better, for times as for rates."
        })
public final class BenchCommand implements Callable<Integer> {

    /** All comparisons, in the order of {@code --list}. */
    private static final List<Comparison> COMPARISONS = List.of(
            new RingComparison(),
            new IpcComparison(),
            new MatchComparison(),
            new StagesComparison(),
            new PipelineComparison(),
            new JmhComparison(),
            new PartsComparison(),
            new LoggingComparison(),
            new SourcesComparison(),
            new XdpComparison(),
            new BanComparison(),
            new ScalingComparison());

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The comparison; without it, all are listed.")
    private @Nullable String name;

    @Parameters(index = "1..*", paramLabel = "OPTION", description = "Options of the comparison itself.", hidden = true)
    private List<String> arguments = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Interleaved rounds (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--all", description = "Run all comparisons, one after the other.")
    private boolean all;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Also show how the values differ from an earlier result that --json wrote.")
    private @Nullable Path earlier;

    @Option(
            names = "--peers",
            description = "With 'sources': beside other programs that follow logs, where they are installed.")
    private boolean peers;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the result as JSON.")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1) {
            throw new UsageException("--rounds " + rounds + ": needs at least 1");
        }
        if (json != null && Files.isDirectory(json)) {
            throw new UsageException("--json " + json + ": is a directory; name a file");
        }
        PrintWriter out = spec.commandLine().getOut();
        EarlierReport before = earlier == null ? null : readEarlier(earlier);
        if (name == null && !all) {
            COMPARISONS.forEach(comparison -> out.printf("%-10s %s%n", comparison.name(), comparison.description()));
            out.flush();
            return 0;
        }
        if (name != null && all) {
            throw new UsageException("bench " + name + " --all: give one of the two");
        }
        List<Row> rows = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        for (Comparison comparison : name == null ? COMPARISONS : List.of(find(name))) {
            Bench bench = new Bench(
                    rounds,
                    peers ? List.of("peers") : arguments,
                    spec.commandLine().getErr());
            comparison.run(bench);
            rows.addAll(bench.rows());
            tables.addAll(bench.tables());
        }
        report(new Report(MachineDescription.current(), rows, tables), out);
        if (before != null) {
            out.print(before.table(rows));
            out.flush();
        }
        return 0;
    }

    private static EarlierReport readEarlier(Path file) {
        try {
            return EarlierReport.read(file);
        } catch (IOException unreadable) {
            throw new UsageException("--compare " + unreadable.getMessage(), unreadable);
        }
    }

    private void report(Report report, PrintWriter out) throws IOException {
        out.println(report.machine().values().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        out.print(report.table());
        out.flush();
        if (json != null) {
            report.write(json);
        }
    }

    private static Comparison find(String name) {
        return COMPARISONS.stream()
                .filter(comparison -> comparison.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("bench " + name + ": no such comparison; there are "
                        + COMPARISONS.stream().map(Comparison::name).collect(Collectors.joining(", "))));
    }
}
