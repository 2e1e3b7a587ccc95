package org.ipspipeline.benchmarks.ipc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.JavaProcess;
import org.ipspipeline.benchmarks.comparison.NativeProgram;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.benchmarks.comparison.Table;
import org.jspecify.annotations.Nullable;

/**
 * Our ring beside what else carries lines between processes: each line sent by one call, readers asleep while there is
 * none. A run of a contender measures all its figures; contenders take turns. System calls are counted in a run of
 * their own by {@code perf stat}, the processes' start included.
 */
public final class IpcComparison implements Comparison {

    private static final int PACED_LINES = 3000;
    private static final long LONGEST_RUN_SECONDS = 30;
    private static final int LACKS = 3;
    private static final List<String> COLUMNS =
            List.of("", "readers", "lines/s", "p50 us", "p99 us", "CPU us/line", "calls/line", "lost");

    private final Map<Contender, List<Figures>> runs = new LinkedHashMap<>();
    private final Map<Contender, String> missing = new LinkedHashMap<>();
    private final Map<Contender, Double> calls = new LinkedHashMap<>();

    @Override
    public String name() {
        return "ipc";
    }

    @Override
    public String description() {
        return "the ring beside pipes, sockets, queues, shared memory under a mutex, ZeroMQ, syslog (half of --rounds)";
    }

    @Override
    public void run(Bench bench) throws Exception {
        List<Contender> contenders = Contender.all();
        Optional<Path> program = compile();
        int rounds = (bench.rounds() + 1) / 2;
        for (int round = 0; round < rounds; round++) {
            bench.progress("round " + (round + 1) + " of " + rounds + ": " + contenders.size() + " contenders");
            for (int turn = 0; turn < contenders.size(); turn++) {
                Contender contender = contenders.get((round * contenders.size() / rounds + turn) % contenders.size());
                if (!missing.containsKey(contender)) {
                    measure(contender, program.orElse(null));
                }
            }
        }
        bench.progress("system calls");
        for (Contender contender : contenders) {
            if (!missing.containsKey(contender)) {
                calls.put(contender, countCalls(contender, program.orElse(null)));
            }
        }
        report(bench, contenders);
    }

    /** One run of a contender that the machine has. */
    static Figures once(Contender contender, long paced) throws IOException, InterruptedException {
        Outcome outcome = run(contender, compile().orElse(null), contender.lines(), paced, List.of());
        return Figures.parse(outcome.checked(contender));
    }

    private static Optional<Path> compile() throws IOException, InterruptedException {
        Path ring = NativeProgram.home().resolve(Path.of("ipc", "src", "main", "c"));
        return NativeProgram.compile(
                "ipc_peer.c", "-I", ring.toString(), ring.resolve("ips_ring.c").toString(), "-pthread", "-lrt");
    }

    private void measure(Contender contender, @Nullable Path program) throws IOException, InterruptedException {
        String lacks = lacks(contender, program);
        if (lacks == null) {
            Outcome outcome = run(contender, program, contender.lines(), PACED_LINES, List.of());
            if (outcome.exitCode() == LACKS) {
                lacks = outcome.output().strip();
            } else {
                runs.computeIfAbsent(contender, any -> new ArrayList<>())
                        .add(Figures.parse(outcome.checked(contender)));
                return;
            }
        }
        missing.put(contender, lacks);
    }

    private static @Nullable String lacks(Contender contender, @Nullable Path program) {
        if (contender.kind() != Contender.Kind.JAVA && program == null) {
            return "gcc";
        }
        return switch (contender.kind()) {
            case C, JAVA -> null;
            case RSYSLOG -> LogDaemon.RSYSLOG.missing();
            case JOURNAL -> LogDaemon.JOURNAL.missing();
        };
    }

    /** System calls a line of all processes, daemons left out; NaN where they cannot be counted. */
    private double countCalls(Contender contender, @Nullable Path program) throws IOException, InterruptedException {
        if (!NativeProgram.isInstalled("perf")) {
            return Double.NaN;
        }
        Path counts = Files.createTempFile("ips-bench-", ".perf");
        try {
            Outcome outcome = run(
                    contender,
                    program,
                    contender.lines(),
                    0,
                    List.of("perf", "stat", "-x,", "-o", counts.toString(), "-e", "raw_syscalls:sys_enter", "--"));
            if (outcome.exitCode() != 0) {
                return Double.NaN;
            }
            return Files.readAllLines(counts).stream()
                    .filter(line -> line.contains("sys_enter") && Character.isDigit(line.charAt(0)))
                    .mapToDouble(line -> Double.parseDouble(line.substring(0, line.indexOf(','))) / contender.lines())
                    .findFirst()
                    .orElse(Double.NaN);
        } finally {
            Files.delete(counts);
        }
    }

    /** How a run ended, and what it printed. */
    private record Outcome(int exitCode, String output) {
        String checked(Contender contender) throws IOException {
            if (exitCode != 0) {
                throw new IOException(contender.name() + " failed with exit code " + exitCode + ": " + output.strip());
            }
            return output;
        }
    }

    private static Outcome run(Contender contender, @Nullable Path program, long fast, long paced, List<String> wrapper)
            throws IOException, InterruptedException {
        Path directory = contender.usesSharedMemory()
                ? Files.createTempDirectory(sharedMemory(), "ips-bench-ipc-")
                : Files.createTempDirectory("ips-bench-ipc-");
        try {
            List<String> command = new ArrayList<>(wrapper);
            List<String> arguments = contender.arguments(fast, paced, directory.toString());
            switch (contender.kind()) {
                case JAVA ->
                    command.addAll(JavaProcess.of(IpcPeer.class, arguments.toArray(String[]::new))
                            .command());
                case C -> {
                    command.add(Objects.requireNonNull(program).toString());
                    command.addAll(arguments);
                }
                case RSYSLOG ->
                    command = LogDaemon.RSYSLOG.around(command, Objects.requireNonNull(program), arguments, directory);
                case JOURNAL ->
                    command = LogDaemon.JOURNAL.around(command, Objects.requireNonNull(program), arguments, directory);
            }
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
                Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .forEach(ProcessHandle::destroyForcibly);
                throw new IOException(contender.name() + " did not end within " + LONGEST_RUN_SECONDS + " s");
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.exitValue(), output);
        } finally {
            removeTree(directory);
        }
    }

    private void report(Bench bench, List<Contender> contenders) {
        List<List<Object>> lines = new ArrayList<>();
        Figures ours = null;
        for (Contender contender : contenders) {
            String lacks = missing.get(contender);
            if (lacks != null) {
                bench.lacks("lines of 128 bytes, one at a time", contender.name(), lacks);
                lines.add(List.of(
                        contender.name(),
                        String.valueOf(contender.readers()),
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        "not run: this machine lacks " + lacks));
                continue;
            }
            Figures figures = Figures.median(Objects.requireNonNull(runs.get(contender)));
            boolean isFirst = ours == null;
            ours = isFirst ? figures : Objects.requireNonNull(ours);
            lines.add(List.of(
                    contender.name(),
                    String.valueOf(contender.readers()),
                    figures.rate(),
                    figures.medianMicros(),
                    figures.highMicros(),
                    figures.cpuMicros(),
                    Objects.requireNonNull(calls.get(contender)),
                    figures.lost()));
            if (!isFirst && contender.readers() == 1) {
                bench.report(versus(
                        "lines of 128 bytes, one at a time",
                        "lines/s",
                        Better.HIGHER,
                        ours.rate(),
                        contender,
                        figures.rate()));
                bench.report(versus(
                        "from send to receive, median",
                        "us",
                        Better.LOWER,
                        ours.medianMicros(),
                        contender,
                        figures.medianMicros()));
            }
        }
        bench.report(new Table(
                "Lines of 128 bytes, one a call; readers asleep while there is none; medians of runs", COLUMNS, lines));
    }

    private static Row versus(
            String measure, String unit, Better better, double ours, Contender contender, double theirs) {
        return new Row(measure, ours, unit, contender.name(), theirs, better.ratio(ours, theirs), "");
    }

    private static Path sharedMemory() {
        Path path = Path.of("/dev/shm");
        return Files.isWritable(path) ? path : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void removeTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
