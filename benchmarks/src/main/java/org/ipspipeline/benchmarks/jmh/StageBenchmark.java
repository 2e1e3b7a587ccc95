package org.ipspipeline.benchmarks.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.count.Outcome;
import org.ipspipeline.ips.line.LineBlock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * The stages of the intrusion prevention system, each alone: a block of lines, all of them failures of different clients. Each sample is
 * one block, and includes some 25 ns for asking the clock twice.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StageBenchmark {

    /** Reads the lines that a server has just written into a ring. */
    @Benchmark
    public LineBlock parse(ParseState state) throws IOException {
        return state.fill();
    }

    /** Finds the failures and their clients. */
    @Benchmark
    public LineBlock match(MatchState state) {
        return state.match();
    }

    /** Counts a failure of each line's client. */
    @Benchmark
    public Outcome count(CountState state) {
        return state.count();
    }

    /** Bans each line's client in the kernel. */
    @Benchmark
    public void ban(BanState state) {
        state.ban();
    }
}
