package org.ipspipeline.benchmarks.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.JavaProcess;
import org.ipspipeline.benchmarks.comparison.NativeProgram;
import org.ipspipeline.benchmarks.comparison.Row;

/** Our ring beside a plain C ring of the same protocol, two processes each. */
public final class RingComparison implements Comparison {

    private static final String OURS = "ours";
    private static final String PLAIN_C = "plain C ring";

    private static final int CAPACITY = 8192;
    private static final int LINE_SIZE = 128;
    private static final int BATCHED_LINES = 40_000_000;
    private static final int SINGLE_LINES = 10_000_000;
    private static final int TRIPS = 300_000;
    private static final int[] BATCHES = {64, 1};

    @Override
    public String name() {
        return "ring";
    }

    @Override
    public String description() {
        return "the shared-memory ring between two processes, beside a plain C ring of the same protocol";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Optional<Path> plain = NativeProgram.compile("plain_ring.c");
        for (int batch : BATCHES) {
            int lines = batch == 1 ? SINGLE_LINES : BATCHED_LINES;
            Contest contest = bench.contest("lines of 128 bytes, batches of " + batch, "lines/s", Better.HIGHER)
                    .contender(OURS, () -> ours("throughput", lines, batch));
            plain.ifPresent(program -> contest.contender(PLAIN_C, () -> plain(program, "throughput", lines, batch)));
            report(bench, contest, plain.isPresent(), "lines of 128 bytes, batches of " + batch, "lines/s");
        }
        Contest contest = bench.contest("round trip of a line, median", "ns", Better.LOWER)
                .contender(OURS, () -> ours("roundtrip", TRIPS, 1));
        plain.ifPresent(program -> contest.contender(PLAIN_C, () -> plain(program, "roundtrip", TRIPS, 1)));
        report(bench, contest, plain.isPresent(), "round trip of a line, median", "ns");
    }

    private static void report(Bench bench, Contest contest, boolean hasPlain, String measure, String unit)
            throws Exception {
        contest.run(bench.rounds());
        if (hasPlain) {
            bench.report(contest.compare(OURS, PLAIN_C));
        } else {
            bench.report(Row.alone(measure, contest.median(OURS), unit));
            bench.lacks(measure, PLAIN_C, "gcc");
        }
    }

    private static double plain(Path program, String measure, int count, int batch) throws IOException {
        return result(new ProcessBuilder(
                program.toString(),
                measure,
                String.valueOf(count),
                String.valueOf(batch),
                String.valueOf(CAPACITY),
                String.valueOf(LINE_SIZE)));
    }

    private static double ours(String measure, int count, int batch) throws IOException {
        Path directory = Files.createTempDirectory(sharedMemory(), "ips-bench-ring-");
        try {
            List<String> arguments = List.of(
                    measure,
                    directory.toString(),
                    String.valueOf(count),
                    String.valueOf(batch),
                    String.valueOf(CAPACITY),
                    String.valueOf(LINE_SIZE));
            Process far = peer("far", arguments).start();
            try {
                return result(peer("near", arguments));
            } finally {
                far.onExit().join();
            }
        } finally {
            removeTree(directory);
        }
    }

    private static ProcessBuilder peer(String side, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.add(0, side);
        return JavaProcess.of(RingPeer.class, all.toArray(String[]::new));
    }

    private static Path sharedMemory() {
        Path path = Path.of("/dev/shm");
        return Files.isWritable(path) ? path : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static double result(ProcessBuilder command) throws IOException {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            line = out.readLine();
        }
        int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0 || line == null) {
            throw new IOException(String.join(" ", command.command()) + " failed with exit code " + exitCode);
        }
        return Double.parseDouble(line);
    }

    private static void removeTree(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(directory);
    }
}
