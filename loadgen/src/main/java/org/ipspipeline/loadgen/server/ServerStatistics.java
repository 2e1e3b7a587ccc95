package org.ipspipeline.loadgen.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.loadgen.report.Counters;
import org.jspecify.annotations.Nullable;

/**
 * What a server counted since it started.
 *
 * @param seconds since it started
 * @param both whether it logs to a ring and to a file
 * @param threads the counts of each receiving thread, still running on
 */
record ServerStatistics(double seconds, boolean both, List<Counters<ServerCounter>> threads) {

    /**
     * {@return a count of all threads}
     *
     * @param name of the count
     */
    long sum(ServerCounter name) {
        return Counters.sum(threads, name);
    }

    /** {@return requests that were not dropped by the gate, valid, invalid and empty} */
    long requests() {
        return threads.stream().mapToLong(ServerStatistics::requests).sum();
    }

    private static long requests(Counters<ServerCounter> thread) {
        return thread.get(ServerCounter.VALID_IPV4)
                + thread.get(ServerCounter.VALID_IPV6)
                + messages(thread)
                + thread.get(ServerCounter.EMPTY);
    }

    /** Log messages made: one for each invalid request. */
    private static long messages(Counters<ServerCounter> thread) {
        return thread.get(ServerCounter.INVALID_IPV4) + thread.get(ServerCounter.INVALID_IPV6);
    }

    /**
     * {@return the object that is reported while the server runs}
     *
     * @param type {@code stats}, or {@code summary} for the last one
     */
    Map<String, Object> toJson(String type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("time_s", rounded(seconds, 1000));
        json.put("received", received());
        json.put("answered", sum(ServerCounter.ANSWERED));
        json.put("answers_refused", sum(ServerCounter.UNANSWERED));
        json.put("lines", lines());
        json.put("gate_dropped", families(ServerCounter.GATE_IPV4, ServerCounter.GATE_IPV6));
        json.put("queue_dropped", queueDropped());
        json.put("batches", sum(ServerCounter.BATCHES));
        json.put("cpu_s", rounded(sum(ServerCounter.CPU_NANOS) / 1e9, 1000));
        json.put("logging_s", rounded(sum(ServerCounter.LOGGING_NANOS) / 1e9, 1_000_000));
        return json;
    }

    /** {@return the last object: {@link #toJson} with each thread's part} */
    Map<String, Object> summary() {
        Map<String, Object> json = toJson("summary");
        List<Map<String, Object>> each = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            Counters<ServerCounter> thread = threads.get(i);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("thread", i);
            one.put("packets", requests(thread));
            one.put("messages", messages(thread));
            one.put("cpu_s", rounded(thread.get(ServerCounter.CPU_NANOS) / 1e9, 1000));
            one.put("logging_share", rounded(loggingShare(thread), 10_000));
            each.add(one);
        }
        json.put("threads", each);
        return json;
    }

    private Map<String, Object> received() {
        Map<String, Object> received = new LinkedHashMap<>();
        received.put("valid", families(ServerCounter.VALID_IPV4, ServerCounter.VALID_IPV6));
        received.put("invalid", families(ServerCounter.INVALID_IPV4, ServerCounter.INVALID_IPV6));
        received.put("empty", sum(ServerCounter.EMPTY));
        return received;
    }

    private Map<String, Object> families(ServerCounter ipv4, ServerCounter ipv6) {
        Map<String, Object> families = new LinkedHashMap<>();
        families.put("ipv4", sum(ipv4));
        families.put("ipv6", sum(ipv6));
        return families;
    }

    /** Of the ring where there is one, otherwise of the file; with both, the file's own beside them. */
    private Map<String, Object> lines() {
        Map<String, Object> lines = new LinkedHashMap<>();
        long fileWritten = sum(ServerCounter.FILE_WRITTEN);
        long fileRefused = sum(ServerCounter.FILE_REFUSED);
        lines.put("written", sum(ServerCounter.RING_WRITTEN) + (both ? 0 : fileWritten));
        lines.put("refused", sum(ServerCounter.RING_REFUSED) + (both ? 0 : fileRefused));
        if (both) {
            lines.put("file_written", fileWritten);
            lines.put("file_refused", fileRefused);
        }
        return lines;
    }

    /** Null where the kernel does not tell. */
    private @Nullable Long queueDropped() {
        long dropped = 0;
        for (Counters<ServerCounter> thread : threads) {
            long ofThread = thread.get(ServerCounter.QUEUE_DROPPED);
            if (ofThread < 0) {
                return null;
            }
            dropped += ofThread;
        }
        return dropped;
    }

    /** {@return a table of each thread's packets and messages, and what was lost} */
    String table() {
        StringBuilder table = new StringBuilder("thread     packets    messages  CPU s  logging\n");
        for (int i = 0; i < threads.size(); i++) {
            Counters<ServerCounter> thread = threads.get(i);
            table.append("%6d %11d %11d %6.2f %7.1f%%%n"
                    .formatted(
                            i,
                            requests(thread),
                            messages(thread),
                            thread.get(ServerCounter.CPU_NANOS) / 1e9,
                            100 * loggingShare(thread)));
        }
        Map<String, Object> lines = lines();
        Long queueDropped = queueDropped();
        return table.append("answered ")
                .append(sum(ServerCounter.ANSWERED))
                .append("; lines written ")
                .append(lines.get("written"))
                .append(", lost ")
                .append(lines.get("refused"))
                .append("; dropped by the gate ")
                .append(sum(ServerCounter.GATE_IPV4) + sum(ServerCounter.GATE_IPV6))
                .append(", by the full receive queue ")
                .append(queueDropped == null ? "not known" : queueDropped.toString())
                .append('\n')
                .toString();
    }

    private static double loggingShare(Counters<ServerCounter> thread) {
        long cpu = thread.get(ServerCounter.CPU_NANOS);
        return cpu == 0 ? 0 : (double) thread.get(ServerCounter.LOGGING_NANOS) / cpu;
    }

    private static double rounded(double value, int scale) {
        return Math.rint(value * scale) / scale;
    }
}
