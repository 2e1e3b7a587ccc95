package org.ipspipeline.benchmarks.logging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How often a thread made which system call, by {@code strace -c}.
 *
 * <pre>
 *   % time     seconds  usecs/call     calls    errors syscall
 *    99.10    0.012345           1     12345        12 recvmmsg
 * </pre>
 *
 * @param calls by name
 */
record SystemCallCounts(Map<String, Long> calls) {

    /** What the server does whether it logs or not: receives, answers, looks at its own clocks and queue, waits a moment. */
    private static final Set<String> NOT_LOGGING =
            Set.of("recvmmsg", "sendmmsg", "getsockopt", "clock_gettime", "restart_syscall", "total");

    /** Reads strace's table. */
    static SystemCallCounts parse(List<String> lines) {
        Map<String, Long> calls = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length >= 5 && fields[3].matches("\\d+")) {
                calls.put(fields[fields.length - 1], Long.parseLong(fields[3]));
            }
        }
        return new SystemCallCounts(calls);
    }

    /** Calls that the server makes because it logs. */
    long ofLogging() {
        return calls.entrySet().stream()
                .filter(call -> !NOT_LOGGING.contains(call.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** All counts, for people. */
    String text() {
        return calls.entrySet().stream()
                .filter(call -> !call.getKey().equals("total"))
                .map(call -> call.getKey() + " " + call.getValue())
                .collect(Collectors.joining(", "));
    }
}
