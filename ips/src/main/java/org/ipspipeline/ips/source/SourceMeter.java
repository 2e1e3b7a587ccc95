package org.ipspipeline.ips.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what a source gives and loses. One thread at a time counts; any thread reads, and sees each count as it was at some
 * moment just past. Counting costs a plain store a block and allocates nothing.
 */
public final class SourceMeter {

    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong cutLines = new AtomicLong();
    private final AtomicLong repeatedLines = new AtomicLong();
    private final Map<LossReason, LossCounts> losses = new EnumMap<>(LossReason.class);

    /** Begins at zero. */
    public SourceMeter() {
        for (LossReason reason : LossReason.values()) {
            losses.put(reason, new LossCounts());
        }
    }

    /**
     * Counts what went to the pipeline.
     *
     * @param newLines how many lines
     * @param newBytes their bytes as they came, line ends included
     */
    public void given(long newLines, long newBytes) {
        add(lines, newLines);
        add(bytes, newBytes);
    }

    /** Counts lines that were longer than the budget. */
    public void cut(long newLines) {
        if (newLines != 0) {
            add(cutLines, newLines);
        }
    }

    /** Counts lines that are given again after a crash. */
    public void repeated(long newLines) {
        add(repeatedLines, newLines);
    }

    /**
     * Counts a loss.
     *
     * @param reason why
     * @param lostLines lines known to be lost
     * @param lostBytes bytes known to be lost, where lines cannot be told
     */
    public void lost(LossReason reason, long lostLines, long lostBytes) {
        final LossCounts counts = losses.get(reason);
        if (counts != null) {
            counts.times.addAndGet(1);
            counts.lines.addAndGet(lostLines);
            counts.bytes.addAndGet(lostBytes);
        }
    }

    /** Lines given so far. */
    public long lines() {
        return lines.get();
    }

    /** Bytes given so far. */
    public long bytes() {
        return bytes.get();
    }

    /**
     * How many lines so many bytes probably are.
     *
     * @param byteCount bytes not yet read
     * @return by the mean length so far; of 100 bytes a line while there was none
     */
    public long linesIn(long byteCount) {
        final long seen = lines.get();
        final double mean = seen == 0 ? 100 : Math.max(1, (double) bytes.get() / seen);
        return Math.round(byteCount / mean);
    }

    /**
     * The counts, put together with what the source itself knows.
     *
     * @param name the source as the operator wrote it
     * @param state what it does at present
     * @param lagBytes bytes that are there and not yet read
     * @param lagLines the same in lines
     * @param lagSeconds for how long the source has not been at its end
     * @return the status
     */
    public SourceStatus status(String name, String state, long lagBytes, long lagLines, double lagSeconds) {
        final List<Loss> occurred = new ArrayList<>();
        losses.forEach((reason, counts) -> {
            if (counts.times.get() != 0) {
                occurred.add(new Loss(reason, counts.times.get(), counts.lines.get(), counts.bytes.get()));
            }
        });
        return new SourceStatus(
                name,
                state,
                lines.get(),
                bytes.get(),
                cutLines.get(),
                repeatedLines.get(),
                lagBytes,
                lagLines,
                lagSeconds,
                occurred);
    }

    /** One thread counts at a time: no need of an atomic addition. */
    private static void add(AtomicLong count, long delta) {
        count.setRelease(count.getPlain() + delta);
    }

    /** Losses are rare and may be found by several threads. */
    private static final class LossCounts {
        private final AtomicLong times = new AtomicLong();
        private final AtomicLong lines = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
    }
}
