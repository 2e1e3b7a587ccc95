package org.ipspipeline.benchmarks.match;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.JavaProcess;
import org.ipspipeline.benchmarks.comparison.NativeProgram;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.ips.command.UsageException;

/** From a file's lines to counted addresses, beside the usual ways to do it. */
public final class MatchComparison implements Comparison {

    private static final int LINES = 1_000_000;

    /** fail2ban-regex takes some seconds for so many. */
    private static final int LINES_FOR_FAIL2BAN = 20_000;

    private static final int[] SHARES = {0, 50, 100};
    private static final String OURS = "ours";
    private static final String UNIT = "lines/s";

    /** Made when the comparisons are listed, so it measures nothing yet. */
    public MatchComparison() {}

    @Override
    public String name() {
        return "match";
    }

    @Override
    public String description() {
        return "from a file's lines to counted addresses on one core, beside C, mawk, ripgrep, fail2ban and Java's engines";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Path directory = Files.createTempDirectory("ips-bench-match-");
        try {
            for (Corpus corpus : corpora(bench.arguments())) {
                allMatching(bench, corpus, directory);
                if (corpus == Corpus.THESIS) {
                    withoutPattern(bench, corpus, directory);
                }
                shares(bench, corpus, directory);
                worstCase(bench, corpus, directory);
                filters(bench, corpus, directory);
            }
        } finally {
            removeTree(directory);
        }
    }

    private static List<Corpus> corpora(List<String> names) {
        List<Corpus> all = List.of(Corpus.values());
        return names.isEmpty()
                ? all
                : names.stream()
                        .map(name -> all.stream()
                                .filter(corpus -> corpus.name().equalsIgnoreCase(name))
                                .findFirst()
                                .orElseThrow(() -> new UsageException("bench match " + name
                                        + ": there is no such log; there are sshd, nginx, thesis")))
                        .toList();
    }

    /** One pattern, all lines failures: every contender. */
    private static void allMatching(Bench bench, Corpus corpus, Path directory) throws Exception {
        String measure = corpus.shown() + ", all lines match, 1 pattern";
        Path file = corpus.write(directory, LINES, 100);
        List<String> versus = new ArrayList<>();
        Contest contest =
                bench.contest(measure, UNIT, Better.HIGHER).contender(OURS, rate(Engine.Kind.OURS, corpus, file, 1));
        Optional<Path> plain = corpus == Corpus.NGINX ? Optional.empty() : NativeProgram.compile("plain_match.c");
        plain.ifPresent(program -> add(
                contest,
                versus,
                "plain C, same design",
                () -> Pinned.measured(new ProcessBuilder(
                                program.toString(),
                                file.toString(),
                                corpus.name().toLowerCase(Locale.ROOT)))
                        .rate()));
        if (NativeProgram.isInstalled("mawk")) {
            add(contest, versus, "mawk, counting addresses", () -> LINES / Pinned.seconds(awk(corpus, file)));
        } else {
            bench.lacks(measure, "mawk, counting addresses", "mawk");
        }
        if (NativeProgram.isInstalled("rg")) {
            add(contest, versus, "ripgrep, only addresses", () -> LINES / Pinned.seconds(ripgrep(corpus, file)));
        } else {
            bench.lacks(measure, "ripgrep, only addresses", "ripgrep");
        }
        add(contest, versus, "java.util.regex", rate(Engine.Kind.JDK, corpus, file, 1));
        add(contest, versus, "hyperscan-java", rate(Engine.Kind.HYPERSCAN_JAVA, corpus, file, 1));
        add(contest, versus, "RE2/J", rate(Engine.Kind.RE2J, corpus, file, 1));
        if (NativeProgram.isInstalled("fail2ban-regex")) {
            Path few = corpus.write(Files.createDirectories(directory.resolve("few")), LINES_FOR_FAIL2BAN, 100);
            add(
                    contest,
                    versus,
                    "fail2ban-regex",
                    () -> LINES_FOR_FAIL2BAN
                            / Pinned.seconds(List.of("fail2ban-regex", few.toString(), corpus.pattern())));
        } else {
            bench.lacks(measure, "fail2ban-regex", "fail2ban");
        }
        contest.warm().run(bench.rounds());
        versus.forEach(name -> bench.report(contest.compare(OURS, name)));
        bench.report(Row.alone(
                corpus.shown() + ", all lines match: allocated for a line",
                Pinned.measured(peer(Engine.Kind.OURS, corpus, file, 1)).allocated(),
                "bytes"));
    }

    /** What a pattern costs beside filters that need none. */
    private static void withoutPattern(Bench bench, Corpus corpus, Path directory) throws Exception {
        String patterns = "its pattern, lines in memory";
        String field = "the address in the 4th field";
        String records = "binary address records";
        Path file = corpus.write(directory, LINES, 100);
        Contest contest = bench.contest(corpus.shown() + ", all lines match, without a pattern", UNIT, Better.HIGHER)
                .contender(field, rate(Engine.Kind.ADDRESS_FIELD, corpus, file, 1))
                .contender(records, rate(Engine.Kind.ADDRESS_RECORDS, corpus, file, 1))
                .contender(patterns, rate(Engine.Kind.OURS_IN_MEMORY, corpus, file, 1));
        contest.warm().run(bench.rounds());
        bench.report(contest.compare(field, patterns).withNote(field));
        bench.report(contest.compare(records, patterns).withNote(records));
    }

    /** Shares of failures and numbers of patterns: ours from the file, and matching alone on lines in memory. */
    private static void shares(Bench bench, Corpus corpus, Path directory) throws Exception {
        for (int share : SHARES) {
            Path file = corpus.write(directory, LINES, share);
            for (int patterns : new int[] {1, 10}) {
                String measure = corpus.shown() + ", " + share + " % match, " + patterns
                        + (patterns == 1 ? " pattern" : " patterns");
                Contest contest = bench.contest(measure, UNIT, Better.HIGHER)
                        .contender(OURS, rate(Engine.Kind.OURS, corpus, file, patterns))
                        .contender("ours, lines in memory", rate(Engine.Kind.OURS_IN_MEMORY, corpus, file, patterns));
                if (patterns > 1) {
                    contest.contender("java.util.regex", rate(Engine.Kind.JDK, corpus, file, patterns));
                }
                contest.warm().run(bench.rounds());
                bench.report(contest.compare(OURS, "ours, lines in memory"));
                if (patterns > 1) {
                    bench.report(contest.compare(OURS, "java.util.regex"));
                }
            }
            Files.delete(file);
        }
    }

    /** Every line holds the literals and has to be confirmed by backtracking. */
    private static void worstCase(Bench bench, Corpus corpus, Path directory) throws Exception {
        Path file = corpus.write(directory, LINES, 100);
        String measure = corpus.shown() + ", all lines match, 1 pattern that only backtracking can confirm";
        List<String> pattern = List.of(corpus.hardPattern());
        Contest contest = bench.contest(measure, UNIT, Better.HIGHER)
                .contender(
                        OURS,
                        () -> Pinned.measured(peer(Engine.Kind.OURS, file, pattern))
                                .rate())
                .contender(
                        "java.util.regex",
                        () -> Pinned.measured(peer(Engine.Kind.JDK, file, pattern))
                                .rate());
        contest.warm().run(bench.rounds());
        bench.report(contest.compare(OURS, "java.util.regex"));
        Files.delete(file);
    }

    /** fail2ban's own filters, all of them on the same log, and the log's own alone. */
    private static void filters(Bench bench, Corpus corpus, Path directory) throws Exception {
        String measure = corpus.shown() + ", fail2ban's filters";
        if (!FiltersEngine.isInstalled()) {
            bench.lacks(measure, "all of them", "fail2ban");
            return;
        }
        for (int share : new int[] {0, 100}) {
            Path file = corpus.write(directory, LINES, share);
            String all = "all shipped";
            String own = corpus.filter() + " alone";
            Contest contest = bench.contest(measure + ", " + share + " % failures", UNIT, Better.HIGHER)
                    .contender(
                            all,
                            () -> Pinned.measured(peer(Engine.Kind.FILTERS, file, List.of()))
                                    .rate())
                    .contender(
                            own,
                            () -> Pinned.measured(peer(Engine.Kind.FILTERS, file, List.of(corpus.filter())))
                                    .rate());
            contest.warm().run(bench.rounds());
            bench.report(contest.compare(all, own));
            Files.delete(file);
        }
    }

    private static void add(Contest contest, List<String> versus, String name, Contest.Measurement measurement) {
        versus.add(name);
        contest.contender(name, measurement);
    }

    private static Contest.Measurement rate(Engine.Kind kind, Corpus corpus, Path file, int patterns) {
        return () -> Pinned.measured(peer(kind, corpus, file, patterns)).rate();
    }

    private static ProcessBuilder peer(Engine.Kind kind, Corpus corpus, Path file, int patterns) {
        return peer(kind, file, corpus.patterns(patterns));
    }

    private static ProcessBuilder peer(Engine.Kind kind, Path file, List<String> patterns) {
        List<String> arguments = new ArrayList<>(List.of(kind.name(), file.toString()));
        arguments.addAll(patterns);
        return JavaProcess.of(MatchPeer.class, arguments.toArray(String[]::new));
    }

    private static List<String> awk(Corpus corpus, Path file) {
        return List.of("mawk", corpus.awk(), file.toString());
    }

    private static List<String> ripgrep(Corpus corpus, Path file) {
        return List.of(
                "rg",
                "--no-filename",
                "--no-line-number",
                "--only-matching",
                "--threads",
                "1",
                "--replace",
                "$host",
                LineEngine.expression(corpus.pattern(), "?P<host>"),
                file.toString());
    }

    private static void removeTree(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
