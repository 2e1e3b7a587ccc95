package org.ipspipeline.benchmarks.scaling;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.ips.match.PatternSet;

/** Lines of which half match one of many patterns. */
final class PatternCost {

    private static final int LINES = 256;
    private static final int BLOCKS = 800;

    private final LineBlock block = new LineBlock(LINES, LINES * 128);
    private final BlockMatcher matcher;

    PatternCost(int patterns) {
        List<String> texts = IntStream.range(0, patterns)
                .mapToObj(i -> "service" + i + " refused .* from <HOST> port")
                .toList();
        matcher = PatternSet.compile(texts).newMatcher();
        for (int i = 0; i < LINES; i++) {
            byte[] line = String.format(
                            Locale.ROOT,
                            "Nov 24 10:00:00 host service%d %s user from 192.0.2.%d port %d",
                            i % patterns,
                            i % 2 == 0 ? "accepted" : "refused",
                            i,
                            40_000 + i)
                    .getBytes(StandardCharsets.US_ASCII);
            block.lines().append(line, 0, line.length, 0);
        }
    }

    /** Nanoseconds a line. */
    double nanos() {
        long failures = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < BLOCKS; i++) {
            block.clearFailures();
            matcher.match(block);
            failures += block.failures();
        }
        long nanos = System.nanoTime() - begin;
        if (failures != (long) BLOCKS * LINES / 2) {
            throw new IllegalStateException(failures + " failures in " + (long) BLOCKS * LINES + " lines");
        }
        return (double) nanos / ((long) BLOCKS * LINES);
    }
}
