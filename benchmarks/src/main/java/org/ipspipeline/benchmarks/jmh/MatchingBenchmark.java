package org.ipspipeline.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.ips.match.PatternSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A line of a full block, by what decides it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class MatchingBenchmark {

    private static final int LINES = 256;

    /** What a pattern asks for. */
    public enum Kind {
        /** Text around an address. */
        LITERAL(
                "client <HOST> exceeded request rate limit",
                "2026-01-01 00:00:00 client %s exceeded request rate limit"),
        /** Any text before it. */
        ANY_TEXT(
                "Failed password for .* from <HOST> port \\d+",
                "Jan  1 00:00:00 host sshd[4711]: Failed password for root from %s port 40022 ssh2"),
        /** A back reference, which only the expression engine decides. */
        EXPRESSION("(\\w+) again \\1 from <HOST>", "Jan  1 00:00:00 host: failed again failed from %s"),
        /** What no line holds. */
        NOTHING(
                "Invalid user \\S+ from <HOST>",
                "Jan  1 00:00:00 host sshd[4711]: Accepted publickey for root from %s");

        private final String pattern;
        private final String line;

        Kind(String pattern, String line) {
            this.pattern = pattern;
            this.line = line;
        }
    }

    /** What the pattern asks for. */
    @Param
    public Kind kind;

    private LineBlock block;
    private BlockMatcher matcher;

    /** Compiles the pattern. */
    @Setup
    public void open() {
        block = new LineBlock(LINES, LINES * 128);
        for (int i = 0; i < LINES; i++) {
            byte[] line = kind.line.replace("%s", "10.0." + i + ".1").getBytes(StandardCharsets.US_ASCII);
            block.lines().append(line, 0, line.length, Stamps.NONE);
        }
        matcher = PatternSet.compile(List.of(kind.pattern)).newMatcher();
    }

    /** Scan and verdict. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public LineBlock match() {
        block.clearFailures();
        matcher.match(block);
        return block;
    }
}
