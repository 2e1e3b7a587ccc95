package org.ipspipeline.benchmarks.jmh;

import java.util.List;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.ips.match.PatternSet;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A block of failures, and what finds them. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class MatchState {

    /** Lines a block. */
    @Param({"1", "64"})
    public int lines;

    private LineBlock block;
    private BlockMatcher matcher;

    /** Compiles the pattern. */
    @Setup
    public void open() {
        block = BlockOfLines.of(lines);
        matcher = PatternSet.compile(List.of(BlockOfLines.PATTERN)).newMatcher();
    }

    LineBlock match() {
        block.clearFailures();
        matcher.match(block);
        return block;
    }
}
