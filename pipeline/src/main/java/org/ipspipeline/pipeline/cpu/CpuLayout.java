package org.ipspipeline.pipeline.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The CPUs that this process may use, and how they lie to each other.
 *
 * @param allowed those that the calling thread's affinity mask allows, by number; a container's cpuset is in it
 * @param isolated those that the kernel keeps free of other work, allowed by the mask or not: the kernel leaves them out of
 *     the mask that it starts processes with, but a thread may ask for them
 */
public record CpuLayout(List<Cpu> allowed, List<Cpu> isolated) {

    private static final Path SYSFS = Path.of("/sys/devices/system");

    /** Copies the lists. */
    public CpuLayout {
        allowed = List.copyOf(allowed);
        isolated = List.copyOf(isolated);
    }

    /** The layout of this machine, as far as it tells. */
    public static CpuLayout ofThisMachine() {
        return read(SYSFS, Pinning.allowedCpus());
    }

    /**
     * Reads a layout.
     *
     * @param sysfs the directory that has {@code cpu} and {@code node}
     * @param allowed the CPUs that may be used
     */
    static CpuLayout read(Path sysfs, Collection<Integer> allowed) {
        List<Integer> isolated = list(sysfs.resolve("cpu/isolated"));
        return new CpuLayout(describe(sysfs, allowed, isolated), describe(sysfs, isolated, isolated));
    }

    private static List<Cpu> describe(Path sysfs, Collection<Integer> cpus, List<Integer> isolated) {
        List<Cpu> described = new ArrayList<>();
        for (int cpu : new TreeSet<>(cpus)) {
            List<Integer> siblings = list(sysfs.resolve("cpu/cpu" + cpu + "/topology/thread_siblings_list"));
            int core = siblings.isEmpty() ? cpu : siblings.get(0);
            described.add(new Cpu(cpu, core, nodeOf(sysfs.resolve("cpu/cpu" + cpu)), isolated.contains(cpu)));
        }
        return described;
    }

    /** A CPU's directory has a link to its node, named after it. */
    private static int nodeOf(Path cpu) {
        try (Stream<Path> entries = Files.list(cpu)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("node\\d+"))
                    .mapToInt(name -> Integer.parseInt(name.substring("node".length())))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // not every kernel and container shows its layout: one node is what can be assumed
        }
    }

    private static List<Integer> list(Path file) {
        try {
            return CpuList.parse(Files.readString(file));
        } catch (IOException e) {
            return List.of(); // as above: what the kernel does not show is not known
        }
    }
}
