package org.ipspipeline.ips.daemon;

import java.util.concurrent.atomic.LongAdder;

/** How many lines there were. Counted once a block, by any thread. */
final class LineTotals {

    private final LongAdder lines = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder failures = new LongAdder();

    void add(long newLines, long newLost, long newFailures) {
        lines.add(newLines);
        if (newLost != 0) {
            lost.add(newLost);
        }
        if (newFailures != 0) {
            failures.add(newFailures);
        }
    }

    long lines() {
        return lines.sum();
    }

    long lost() {
        return lost.sum();
    }

    long failures() {
        return failures.sum();
    }
}
