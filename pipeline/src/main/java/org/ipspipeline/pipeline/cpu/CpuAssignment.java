package org.ipspipeline.pipeline.cpu;

import java.util.Collections;
import java.util.List;

/**
 * Which thread is to run on which CPU.
 *
 * @param cpus for each thread its CPU, or {@link #UNPINNED}
 * @param choice why, in a few words
 */
public record CpuAssignment(List<Integer> cpus, String choice) {

    /** Stands for the CPU of a thread that the scheduler places. */
    public static final int UNPINNED = -1;

    /** Copies the list. */
    public CpuAssignment {
        cpus = List.copyOf(cpus);
    }

    static CpuAssignment unpinned(int threads, String choice) {
        return new CpuAssignment(Collections.nCopies(threads, UNPINNED), choice);
    }

    /** Whether each thread has a CPU that it shares with no other. */
    public boolean isExclusive() {
        return !cpus.contains(UNPINNED) && cpus.stream().distinct().count() == cpus.size();
    }

    /** The CPUs in the threads' order and the reason, or the reason alone. */
    @Override
    public String toString() {
        boolean none = cpus.stream().allMatch(cpu -> cpu == UNPINNED);
        return none
                ? choice
                : String.join(" ", cpus.stream().map(String::valueOf).toList()) + " (" + choice + ")";
    }
}
