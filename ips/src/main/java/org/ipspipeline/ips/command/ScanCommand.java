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
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.match.PatternSyntaxException;
import org.ipspipeline.ips.scan.Scan;
import org.ipspipeline.ips.scan.Verdicts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ips-pipeline scan}: what patterns find in files. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells which lines of files match, and whose addresses they have. Bans nobody.")
public final class ScanCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-e", "--pattern"},
            paramLabel = "REGEX",
            required = true,
            description =
                    "Which lines match; <HOST> stands for the client's address. Can be given several times; the first"
                            + " that matches counts.")
    private List<String> patterns = List.of();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files to read; '-' is the standard input.")
    private List<String> files = List.of();

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Option(names = "--verdicts", description = "Print one JSON object for each line instead: line, match, host.")
    private boolean verdicts;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Scan scan = new Scan(compile(), verdicts ? Verdicts.to(out) : Verdicts.NONE);
        for (String file : files) {
            if (!file.equals(STANDARD_INPUT)) {
                check(Path.of(file));
            }
        }
        for (String file : files) {
            if (file.equals(STANDARD_INPUT)) {
                scan.standardInput();
            } else {
                scan.file(Path.of(file));
            }
        }
        if (json) {
            out.println(JSON.std.asString(toJson(scan.result())));
        } else if (!verdicts) {
            say(scan.result(), out);
        }
        out.flush();
        return 0;
    }

    private PatternSet compile() {
        try {
            return PatternSet.compile(patterns);
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
