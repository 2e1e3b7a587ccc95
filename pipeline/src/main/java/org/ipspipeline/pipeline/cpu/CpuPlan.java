package org.ipspipeline.pipeline.cpu;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How threads are to be put on CPUs. Immutable. */
public final class CpuPlan {

    private enum Kind {
        NONE,
        AUTO,
        SPREAD,
        ISOLATED,
        EXPLICIT
    }

    private final Kind kind;
    private final List<Integer> cpus;

    private CpuPlan(Kind kind, List<Integer> cpus) {
        this.kind = kind;
        this.cpus = cpus;
    }

    /** Pins nothing: the kernel's scheduler places the threads. */
    public static CpuPlan none() {
        return new CpuPlan(Kind.NONE, List.of());
    }

    /** Takes isolated CPUs if there are enough, or else spreads if a CPU stays free for everything else, or else pins nothing. */
    public static CpuPlan auto() {
        return new CpuPlan(Kind.AUTO, List.of());
    }

    /**
     * Gives each thread a CPU of its own: first a whole core each, those of one NUMA node before the next, then the cores'
     * other hardware threads. Pins nothing when there are fewer CPUs than threads.
     */
    public static CpuPlan spread() {
        return new CpuPlan(Kind.SPREAD, List.of());
    }

    /** Spreads over the CPUs that the kernel keeps free of other work. Pins nothing when there are fewer than threads. */
    public static CpuPlan isolated() {
        return new CpuPlan(Kind.ISOLATED, List.of());
    }

    /**
     * Gives the threads these CPUs, in the order of the topology's groups within each worker. Where there are fewer than
     * threads, the threads go round, and share.
     *
     * @param cpus the CPUs' numbers, at least one
     */
    public static CpuPlan explicit(int... cpus) {
        if (cpus.length == 0 || Arrays.stream(cpus).anyMatch(cpu -> cpu < 0)) {
            throw new IllegalArgumentException("needs CPU numbers from 0, not " + Arrays.toString(cpus));
        }
        return new CpuPlan(Kind.EXPLICIT, Arrays.stream(cpus).boxed().toList());
    }

    /**
     * Decides for a number of threads.
     *
     * @param threads how many, from 1
     * @param layout the CPUs at hand
     */
    public CpuAssignment assign(int threads, CpuLayout layout) {
        return switch (kind) {
            case NONE -> CpuAssignment.unpinned(threads, "not pinned, as declared");
            case AUTO -> automatic(threads, layout);
            case SPREAD -> spread(threads, layout.allowed(), "spread over the CPUs allowed", "CPUs allowed");
            case ISOLATED -> spread(threads, layout.isolated(), "spread over the isolated CPUs", "isolated CPUs");
            case EXPLICIT -> explicit(threads);
        };
    }

    private static CpuAssignment automatic(int threads, CpuLayout layout) {
        if (layout.isolated().size() >= threads) {
            return spread(threads, layout.isolated(), "auto chose the isolated CPUs", "isolated CPUs");
        }
        // A pinned thread cannot get out of the way of what else runs: without a CPU to spare, the scheduler does
        // better.
        if (layout.allowed().size() > threads) {
            return spread(threads, layout.allowed(), "auto chose to spread", "CPUs allowed");
        }
        return CpuAssignment.unpinned(
                threads,
                "auto pins nothing: " + threads + " threads leave none of "
                        + layout.allowed().size() + " CPUs free");
    }

    private static CpuAssignment spread(int threads, List<Cpu> available, String choice, String what) {
        if (available.size() < threads) {
            return CpuAssignment.unpinned(
                    threads, "not pinned: " + threads + " threads are too many for " + available.size() + " " + what);
        }
        Map<Cpu, Integer> rankInCore = new LinkedHashMap<>();
        Map<Integer, Integer> seen = new LinkedHashMap<>();
        available.forEach(cpu -> rankInCore.put(cpu, seen.merge(cpu.core(), 1, Integer::sum)));
        int[] chosen = available.stream()
                .sorted(Comparator.<Cpu>comparingInt(rankInCore::get)
                        .thenComparingInt(Cpu::node)
                        .thenComparingInt(Cpu::id))
                .limit(threads)
                .mapToInt(Cpu::id)
                .toArray();
        return new CpuAssignment(Arrays.stream(chosen).boxed().toList(), choice);
    }

    private CpuAssignment explicit(int threads) {
        Integer[] chosen = new Integer[threads];
        Arrays.setAll(chosen, thread -> cpus.get(thread % cpus.size()));
        return new CpuAssignment(List.of(chosen), "explicit" + (threads > cpus.size() ? ", shared" : ""));
    }
}
