package org.ipspipeline.ips.daemon;

import java.util.concurrent.atomic.AtomicLong;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.pipeline.stage.Stage;

/** Finds the failures in a block. */
final class MatchStage implements Stage<LineBlock> {

    private final BlockMatcher matcher;
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    MatchStage(BlockMatcher matcher) {
        this.matcher = matcher;
    }

    @Override
    public void handle(LineBlock block) {
        add(lines, block.lines().count());
        add(lost, block.lines().lost());
        block.clearFailures();
        matcher.match(block);
        add(failures, block.failures());
    }

    long lines() {
        return lines.get();
    }

    long lost() {
        return lost.get();
    }

    long failures() {
        return failures.get();
    }

    /** This worker alone writes, so a plain addition is enough; release, so that reports see it soon. */
    private static void add(AtomicLong counter, long more) {
        counter.lazySet(counter.getPlain() + more);
    }
}
