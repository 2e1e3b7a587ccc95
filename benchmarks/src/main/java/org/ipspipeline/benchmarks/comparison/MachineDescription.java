package org.ipspipeline.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Which machine figures come from: processor, cores, memory, kernel, JVM. */
public final class MachineDescription {

    private MachineDescription() {}

    /**
     * Describes the machine that this JVM runs on.
     *
     * @return {@code processor, cores, memory_gib, kernel, jvm}, in that order; a value that the system does not tell is
     *     {@code "unknown"}
     */
    public static Map<String, Object> current() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processor", firstValue("/proc/cpuinfo", "model name"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memory_gib", memoryGib());
        machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return machine;
    }

    private static Object memoryGib() {
        String total = firstValue("/proc/meminfo", "MemTotal");
        String digits = total.replaceAll("\\D", "");
        return digits.isEmpty() ? total : Math.round(Long.parseLong(digits) / 1048576.0);
    }

    private static String firstValue(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException absent) {
            return "unknown";
        }
    }
}
