package org.ipspipeline.ips.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a source has done and how far behind it is, at one moment.
 *
 * @param name the source as the operator wrote it, such as {@code file:/var/log/auth.log}
 * @param state one clause: what it does at present, or what keeps it from it
 * @param lines lines given to the pipeline
 * @param bytes bytes of these, as they came, line ends included
 * @param cutLines lines longer than the budget, given with what fits
 * @param repeatedLines lines given again after a crash, because nothing showed that they had been handled
 * @param lagBytes bytes that are there and not yet read
 * @param lagLines the same in lines: exact where the source counts lines, else by the mean length so far
 * @param lagSeconds for how long the source has not been at its end; 0 when it is
 * @param losses what was lost, one entry for each reason that occurred
 */
public record SourceStatus(
        String name,
        String state,
        long lines,
        long bytes,
        long cutLines,
        long repeatedLines,
        long lagBytes,
        long lagLines,
        double lagSeconds,
        List<Loss> losses) {

    /** Copies the losses. */
    public SourceStatus {
        losses = List.copyOf(losses);
    }

    /**
     * One status of several sources that stand for one: counts added up, the longest lag, the state of the first.
     *
     * @param name of the whole
     * @param parts at least one
     */
    public static SourceStatus sum(String name, List<SourceStatus> parts) {
        return new SourceStatus(
                name,
                parts.get(0).state(),
                parts.stream().mapToLong(SourceStatus::lines).sum(),
                parts.stream().mapToLong(SourceStatus::bytes).sum(),
                parts.stream().mapToLong(SourceStatus::cutLines).sum(),
                parts.stream().mapToLong(SourceStatus::repeatedLines).sum(),
                parts.stream().mapToLong(SourceStatus::lagBytes).sum(),
                parts.stream().mapToLong(SourceStatus::lagLines).sum(),
                parts.stream().mapToDouble(SourceStatus::lagSeconds).max().orElse(0),
                parts.stream().flatMap(part -> part.losses().stream()).toList());
    }

    /** Lines known to be lost, for all reasons. */
    public long lostLines() {
        return losses.stream().mapToLong(Loss::lines).sum();
    }

    /** The object that reports show. */
    public Map<String, Object> toJson() {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", name);
        json.put("state", state);
        json.put("lines", lines);
        json.put("bytes", bytes);
        json.put("cut", cutLines);
        json.put("repeated", repeatedLines);
        json.put("lag", Map.of("lines", lagLines, "bytes", lagBytes, "seconds", Math.rint(lagSeconds * 1000) / 1000));
        final Map<String, Object> lost = new LinkedHashMap<>();
        for (Loss loss : losses) {
            lost.put(
                    loss.reason().label(), Map.of("times", loss.times(), "lines", loss.lines(), "bytes", loss.bytes()));
        }
        json.put("lost", lost);
        return json;
    }
}
