package org.ipspipeline.ips.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.stream.StreamSource;

/** Matches the lines of files. For one thread. */
public final class Scan {

    private static final int BLOCK_LINES = 1024;
    private static final int BLOCK_BYTES = 128 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final long LONGEST_SLEEP_NANOS = 1_000_000;

    private final BlockMatcher matcher;
    private final Verdicts verdicts;
    private final LineBlock block = new LineBlock(BLOCK_LINES, BLOCK_BYTES);
    private final AddressTally addresses = new AddressTally();
    private long lines;
    private long matches;
    private long nanos;

    /**
     * Prepares a scan.
     *
     * @param patterns which lines match
     * @param verdicts is told of every line
     */
    public Scan(PatternSet patterns, Verdicts verdicts) {
        this.matcher = patterns.newMatcher();
        this.verdicts = verdicts;
    }

    /**
     * Scans a file to its end.
     *
     * @param path a file that can be read
     * @throws IOException when it cannot
     */
    public void file(Path path) throws IOException {
        long begin = System.nanoTime();
        try (FileLines file = new FileLines(path, LONGEST_LINE)) {
            for (block.clear(); file.fill(block.lines()); block.clear()) {
                match();
            }
        }
        nanos += System.nanoTime() - begin;
    }

    /**
     * Scans the standard input to its end.
     *
     * @throws IOException when it cannot be read
     */
    public void standardInput() throws IOException {
        long begin = System.nanoTime();
        try (LineSource input = StreamSource.standardInput("stdin:", new Doorbell(LONGEST_SLEEP_NANOS), LONGEST_LINE)) {
            while (true) {
                block.clear();
                if (input.fill(block.lines())) {
                    match();
                } else if (input.isExhausted()) {
                    break;
                } else {
                    LockSupport.parkNanos(LONGEST_SLEEP_NANOS);
                }
            }
        }
        nanos += System.nanoTime() - begin;
    }

    private void match() throws IOException {
        matcher.match(block);
        lines += block.lines().count();
        matches += block.failures();
        for (int failure = 0; failure < block.failures(); failure++) {
            addresses.add(block.high(failure), block.low(failure));
        }
        verdicts.of(block);
    }

    /** {@return what was found so far, with the ten addresses found most often} */
    public Result result() {
        return new Result(
                lines,
                matches,
                addresses.distinct(),
                nanos / 1e9,
                addresses.top(10).stream()
                        .map(count -> new Top(count.address(), count.matches()))
                        .toList());
    }

    /**
     * What a scan found.
     *
     * @param lines lines read
     * @param matches lines that match
     * @param addresses different addresses
     * @param seconds spent on reading and matching
     * @param top the addresses found most often
     */
    public record Result(long lines, long matches, long addresses, double seconds, List<Top> top) {

        /** {@return lines a second} */
        public double linesPerSecond() {
            return seconds == 0 ? 0 : lines / seconds;
        }
    }

    /**
     * An address and how often it was found.
     *
     * @param address as text
     * @param matches lines
     */
    public record Top(String address, long matches) {}
}
