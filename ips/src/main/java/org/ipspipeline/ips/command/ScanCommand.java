package org.ipspipeline.ips.command;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.ipspipeline.ips.filter.Explanation;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.match.PatternSyntaxException;
import org.ipspipeline.ips.scan.LineFiles;
import org.ipspipeline.ips.scan.Progress;
import org.ipspipeline.ips.scan.Scan;
import org.ipspipeline.ips.scan.Verdicts;
import org.ipspipeline.ips.scan.filter.ExplanationPrinter;
import org.ipspipeline.ips.scan.filter.FilterReport;
import org.ipspipeline.ips.scan.filter.FilterScan;
import org.ipspipeline.ips.scan.filter.VerdictWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ips-pipeline scan}: what patterns, or a filter of fail2ban, find in files. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells which lines of files match, and whose addresses they have. Bans nobody.",
        footer = {
            "",
            "ips-pipeline scan --filter 'sshd[mode=aggressive]' /var/log/auth.log",
            "  does what fail2ban-regex does; with --verdicts each line's verdict is one JSON object:",
            "  line, number, match, host, time (local), epoch (seconds), user, regex (from 1), groups, attempts."
        })
public final class ScanCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Judge judge = new Judge();

    /** What judges the lines: exactly one of these. */
    static final class Judge {

        @Option(
                names = {"-e", "--pattern"},
                paramLabel = "REGEX",
                required = true,
                description = "Which lines match; <HOST> stands for the client's address. Can be given several times;"
                        + " the first that matches counts.")
        private List<String> patterns = List.of();

        @Option(
                names = "--filter",
                paramLabel = "FILTER",
                required = true,
                description = "A filter of the configuration with its parameters, NAME[option=value, ...], or the path"
                        + " of a filter's file.")
        private @Nullable String filter;

        @Option(
                names = "--jail",
                paramLabel = "JAIL",
                required = true,
                description = "The filter of a jail of the configuration, which may be a TOML file.")
        private @Nullable String jail;
    }

    @Mixin
    private final FilterOptions filterOptions = new FilterOptions();

    @ArgGroup
    private Output output = new Output();

    /** What is printed: at most one of these. */
    static final class Output {

        @Option(names = "--json", description = "Print the result as one JSON object.")
        private boolean json;

        @Option(
                names = "--verdicts",
                description = "Print one JSON object for each line instead: line, match, host, ...")
        private boolean verdicts;

        @Option(names = "--missed", description = "Also print the first lines that nothing matched (with a filter).")
        private boolean missed;

        @Option(
                names = "--explain",
                paramLabel = "LINE",
                description = "Explain a filter's verdict over this line; no file is read.")
        private @Nullable String explain;
    }

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files to read; '-' is the standard input.")
    private List<String> files = List.of();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (output.explain == null && files.isEmpty()) {
            throw new UsageException("no FILE to read; name some, or - for the standard input");
        }
        if (judge.patterns.isEmpty()) {
            scanWithFilter(out);
        } else {
            scanWithPatterns(out);
        }
        out.flush();
        return 0;
    }

    private void scanWithPatterns(PrintWriter out) throws IOException {
        if (output.explain != null || output.missed) {
            throw new UsageException("--explain and --missed need a --filter or --jail");
        }
        Scan scan = new Scan(compile(), output.verdicts ? Verdicts.to(out) : Verdicts.NONE);
        double seconds = read(scan::match, file -> {});
        if (output.json) {
            out.println(JSON.std.asString(toJson(scan.result(seconds))));
        } else if (!output.verdicts) {
            say(scan.result(seconds), out);
        }
    }

    private void scanWithFilter(PrintWriter out) throws IOException {
        FilterOptions.Chosen chosen = filterOptions.open(judge.filter, judge.jail);
        var zone = chosen.filter().dates().zone();
        if (output.explain != null) {
            new ExplanationPrinter(out, zone)
                    .print(Explanation.of(chosen.filter(), output.explain, filterOptions.evaluation()));
            return;
        }
        VerdictWriter verdicts = output.verdicts ? new VerdictWriter(out, zone, files.size() > 1) : null;
        FilterScan scan = new FilterScan(chosen.filter(), filterOptions.evaluation(), chosen.journal(), verdicts);
        double seconds = read(scan::judge, verdicts == null ? file -> {} : verdicts::beginFile);
        FilterReport report = new FilterReport(scan.result(seconds));
        if (output.json) {
            out.println(JSON.std.asString(report.toJson()));
        } else if (verdicts == null) {
            report.print(out, output.missed);
        }
    }

    /** Reads all files; returns how many seconds that took. */
    private double read(LineFiles.BlockHandler handler, Consumer<String> beginFile) throws IOException {
        for (String file : files) {
            if (!file.equals(STANDARD_INPUT)) {
                check(Path.of(file));
            }
        }
        LineFiles reader = new LineFiles(handler);
        for (String file : files) {
            beginFile.accept(file);
            if (file.equals(STANDARD_INPUT)) {
                reader.readStandardInput();
            } else {
                reader.read(
                        Path.of(file),
                        Progress.of(Path.of(file), spec.commandLine().getErr()));
            }
        }
        return reader.seconds();
    }

    private PatternSet compile() {
        try {
            return PatternSet.compile(judge.patterns);
        } catch (PatternSyntaxException wrong) {
            throw new UsageException("--pattern: " + wrong.getMessage(), wrong);
        }
    }

    private static void check(Path file) {
        if (!Files.exists(file)) {
            throw new UsageException(file + ": there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new UsageException(file + ": is not a regular file; name a file, or - for the standard input");
        }
        if (!Files.isReadable(file)) {
            throw new UsageException(file + ": may not be read by this user");
        }
    }

    private static Map<String, Object> toJson(Scan.Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lines", result.lines());
        object.put("matches", result.matches());
        object.put("addresses", result.addresses());
        object.put("seconds", result.seconds());
        object.put("lines_per_second", result.linesPerSecond());
        object.put(
                "top",
                result.top().stream()
                        .map(top -> Map.of("address", top.address(), "matches", top.matches()))
                        .toList());
        return object;
    }

    private static void say(Scan.Result result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d lines, %,d match, %,d addresses; %.3f s, %,.0f lines/s%n",
                result.lines(),
                result.matches(),
                result.addresses(),
                result.seconds(),
                result.linesPerSecond());
        for (Scan.Top top : result.top()) {
            out.printf(Locale.ROOT, "%,12d  %s%n", top.matches(), top.address());
        }
    }
}
