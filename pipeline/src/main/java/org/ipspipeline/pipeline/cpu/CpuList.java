package org.ipspipeline.pipeline.cpu;

import java.util.ArrayList;
import java.util.List;

/** The kernel's notation for sets of CPUs, such as {@code 0-3,8,10-11}. */
final class CpuList {

    private CpuList() {}

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException when it is none
     */
    static List<Integer> parse(String text) {
        List<Integer> cpus = new ArrayList<>();
        for (String part : text.strip().split(",", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int dash = part.indexOf('-');
            try {
                int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
                for (int cpu = first; cpu <= last; cpu++) {
                    cpus.add(cpu);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is no list of CPUs such as 0-3,8", e);
            }
        }
        return cpus;
    }
}
