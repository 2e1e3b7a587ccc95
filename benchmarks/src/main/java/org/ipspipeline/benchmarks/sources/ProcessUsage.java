package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process and its children have used, by the kernel's account. */
final class ProcessUsage {

    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDREN_USER_TIME = 13;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    private ProcessUsage() {}

    /** Processor time in seconds, that of its present and past descendants included. */
    static double cpuSeconds(long pid) throws IOException {
        double seconds = 0;
        for (long each : family(pid)) {
            seconds += ofOne(each);
        }
        return seconds;
    }

    /** Resident memory in MB, that of its present descendants included. */
    static double residentMegabytes(long pid) throws IOException {
        double megabytes = 0;
        for (long each : family(pid)) {
            final Path status = Path.of("/proc/" + each + "/status");
            if (Files.exists(status)) {
                megabytes += Files.readAllLines(status).stream()
                                .filter(line -> line.startsWith("VmRSS:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                                .sum()
                        / 1024.0;
            }
        }
        return megabytes;
    }

    private static List<Long> family(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(handle ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(handle), handle.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static double ofOne(long pid) throws IOException {
        final Path stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(stat)) {
            return 0;
        }
        final String text = Files.readString(stat);
        // The name in parentheses may hold blanks.
        final String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field : new int[] {USER_TIME, SYSTEM_TIME, CHILDREN_USER_TIME, CHILDREN_SYSTEM_TIME}) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
