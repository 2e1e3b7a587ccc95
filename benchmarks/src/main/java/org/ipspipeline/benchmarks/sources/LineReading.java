package org.ipspipeline.benchmarks.sources;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.NativeProgram;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.file.LineReader;
import org.ipspipeline.ips.source.reading.ReadingBackend;

/** Lines a second from the page cache, one thread: splitting alone, and with a pattern that half of the lines match. */
final class LineReading {

    private static final int LINES = 2_000_000;
    private static final int LINE_BYTES = 112;
    private static final double MILLION = 1e6;
    private static final int BATCH_LINES = 1024;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final String PATTERN = "Failed password for .* from <HOST> port";
    private static final String C = "C: memchr over mmap";

    private final Bench bench;
    private final Path file;

    LineReading(Bench bench, Path directory) throws IOException {
        this.bench = bench;
        this.file = directory.resolve("lines.log");
        write();
    }

    void run() throws Exception {
        split();
        match();
    }

    private void split() throws Exception {
        final Contest contest = bench.contest("splitting lines of 112 bytes, page cache", "M lines/s", Better.HIGHER);
        final List<ReadingBackend> usable = new ArrayList<>();
        for (ReadingBackend backend : ReadingBackend.values()) {
            try {
                backend.check();
                usable.add(backend);
                contest.contender(backend.label(), () -> splitting(backend));
            } catch (IOException e) {
                bench.lacks(
                        "splitting lines of 112 bytes, page cache", backend.label(), String.valueOf(e.getMessage()));
            }
        }
        contest.contender("BufferedReader", this::buffered);
        final Optional<Path> program = NativeProgram.compile("count_lines.c");
        program.ifPresent(path -> contest.contender(C, () -> nativeCount(path)));
        contest.run(bench.rounds());
        final String first = usable.get(0).label();
        for (ReadingBackend backend : usable.subList(1, usable.size())) {
            bench.report(contest.compare(first, backend.label()));
        }
        bench.report(contest.compare(first, "BufferedReader"));
        if (program.isPresent()) {
            bench.report(contest.compare(first, C).withNote("C only counts: it keeps no line"));
        } else {
            bench.lacks("splitting lines of 112 bytes, page cache", C, "gcc");
        }
    }

    private void match() throws Exception {
        final PatternSet patterns = PatternSet.compile(List.of(PATTERN));
        final List<LineBlock> inMemory = load();
        final Contest contest = bench.contest("matching, half of the lines match", "M lines/s", Better.HIGHER);
        contest.contender("lines of a file", () -> matchingFile(patterns.newMatcher()));
        contest.contender("lines in memory", () -> matchingMemory(patterns.newMatcher(), inMemory));
        contest.run(bench.rounds());
        bench.report(contest.compare("lines of a file", "lines in memory"));
    }

    private double splitting(ReadingBackend backend) throws IOException {
        final LineBuffer batch = new LineBuffer(BATCH_LINES, BATCH_BYTES);
        final long begin = System.nanoTime();
        long lines = 0;
        try (LineReader reader = LineReader.open(file, backend)) {
            for (; reader.readLines(batch); batch.clear()) {
                lines += batch.count();
            }
        }
        return rate(lines, begin);
    }

    private double buffered() throws IOException {
        final long begin = System.nanoTime();
        long lines = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            while (reader.readLine() != null) {
                lines++;
            }
        }
        return rate(lines, begin);
    }

    private double nativeCount(Path program) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(program.toString(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String[] output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .strip()
                .split(" ", -1);
        if (process.waitFor() != 0 || Long.parseLong(output[0]) != LINES) {
            throw new IOException("count_lines counted " + String.join(" ", output));
        }
        return LINES / Double.parseDouble(output[1]) / MILLION;
    }

    private double matchingFile(BlockMatcher matcher) throws IOException {
        final LineBlock block = new LineBlock(BATCH_LINES, BATCH_BYTES);
        final long begin = System.nanoTime();
        long lines = 0;
        try (LineReader reader = LineReader.open(file, ReadingBackend.PREAD)) {
            for (block.clear(); reader.readLines(block.lines()); block.clear()) {
                matcher.match(block);
                lines += block.lines().count();
            }
        }
        return rate(lines, begin);
    }

    private static double matchingMemory(BlockMatcher matcher, List<LineBlock> blocks) {
        final long begin = System.nanoTime();
        long lines = 0;
        for (LineBlock block : blocks) {
            block.clearFailures();
            matcher.match(block);
            lines += block.lines().count();
        }
        return rate(lines, begin);
    }

    private List<LineBlock> load() throws IOException {
        final List<LineBlock> blocks = new ArrayList<>();
        try (LineReader reader = LineReader.open(file, ReadingBackend.PREAD)) {
            LineBlock block = new LineBlock(BATCH_LINES, BATCH_BYTES);
            while (reader.readLines(block.lines())) {
                blocks.add(block);
                block = new LineBlock(BATCH_LINES, BATCH_BYTES);
            }
        }
        return blocks;
    }

    private static double rate(long lines, long begin) {
        if (lines != LINES) {
            throw new IllegalStateException(lines + " lines were read, not " + LINES);
        }
        return lines / ((System.nanoTime() - begin) / 1e9) / MILLION;
    }

    private void write() throws IOException {
        bench.progress("writing " + LINES / 1_000_000 + " million lines");
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < LINES; i++) {
                line.setLength(0);
                line.append("Nov 24 10:00:00 host sshd[")
                        .append(1000 + i % 9000)
                        .append("]: ");
                line.append(i % 2 == 0 ? "Failed password for invalid user admin" : "Accepted publickey for deploy");
                line.append(" from 192.0.")
                        .append(i / 256 % 256)
                        .append('.')
                        .append(i % 256)
                        .append(" port ");
                line.append(1024 + i % 60_000).append(" ssh2 ");
                while (line.length() < LINE_BYTES - 1) {
                    line.append('.');
                }
                line.setLength(LINE_BYTES - 1);
                out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
