package org.ipspipeline.benchmarks.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kernel tells of huge pages. */
final class HugePages {

    private static final long KIB = 1024;

    private HugePages() {}

    /** Whether so many bytes of them are reserved and free. */
    static boolean areFree(long bytes) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            final Map<String, Long> values = lines.filter(line -> line.startsWith("Huge"))
                    .map(line -> line.split("[: ]+", -1))
                    .collect(Collectors.toMap(words -> words[0], words -> Long.parseLong(words[1])));
            return values.getOrDefault("HugePages_Free", 0L) * values.getOrDefault("Hugepagesize", 0L) * KIB >= bytes;
        } catch (IOException notLinux) {
            return false;
        }
    }
}
