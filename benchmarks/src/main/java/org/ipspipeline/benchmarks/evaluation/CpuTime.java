package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time of processes, as the kernel counts it: in hundredths of a second. */
final class CpuTime {

    private static final int USER = 11;
    private static final int CHILDREN_SYSTEM = 14;
    private static final int MILLIS_PER_TICK = 10;

    private CpuTime() {}

    /**
     * {@return milliseconds that a process and the children that it waited for have used; 0 when it has gone}
     *
     * @param pid its id
     */
    static long millis(long pid) {
        String line;
        try {
            line = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        } catch (IOException gone) {
            return 0;
        }
        // The name stands in parentheses and may hold anything; what follows it is numbers.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = USER; i <= CHILDREN_SYSTEM; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks * MILLIS_PER_TICK;
    }
}
