package org.ipspipeline.ips.source;

import java.util.List;

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

    /** Lines known to be lost, for all reasons. */
    public long lostLines() {
        return losses.stream().mapToLong(Loss::lines).sum();
    }
}
