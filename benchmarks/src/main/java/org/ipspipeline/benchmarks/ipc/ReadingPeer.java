package org.ipspipeline.benchmarks.ipc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ipspipeline.benchmarks.ipc.Progress.Counter;
import org.ipspipeline.ipc.LineHandler;

/** A reading process of {@link IpcPeer}: counts lines, and measures how long the paced ones were on their way. */
final class ReadingPeer implements LineHandler {

    /** Marks a line of the part that warms up. */
    static final long WARM = 1L << 61;
    /** Marks a line of the paced part. */
    static final long PACED = 1L << 62;

    private static final double HIGH = 0.99;

    private final Progress progress;
    private final int reader;
    private final long fastLines;
    private final long[] latencies;
    private long warm;
    private long fast;
    private int paced;
    private long last;

    ReadingPeer(Progress progress, int reader, long fastLines, int pacedLines) {
        this.progress = progress;
        this.reader = reader;
        this.fastLines = fastLines;
        this.latencies = new long[pacedLines];
    }

    void read(Transport.Receiver receiver) {
        try (receiver) {
            progress.set(reader, Counter.READY, 1);
            long cpu = -1;
            boolean inFastPart = true;
            boolean some = true;
            while (some || progress.part() < 2) {
                some = receiver.receive(this);
                progress.set(reader, Counter.WARM, warm);
                if (cpu < 0 && fast > 0) {
                    cpu = IpcPeer.cpuNanos();
                }
                progress.set(reader, Counter.LAST_NANOS, last);
                if (inFastPart && (fast >= fastLines || progress.part() > 0)) {
                    inFastPart = false;
                    progress.set(reader, Counter.CPU_NANOS, cpu < 0 ? 0 : IpcPeer.cpuNanos() - cpu);
                }
                progress.set(reader, Counter.FAST, fast);
                progress.set(reader, Counter.PACED, paced);
            }
        }
        if (paced > 0) {
            int count = Math.min(paced, latencies.length);
            Arrays.sort(latencies, 0, count);
            progress.set(reader, Counter.MEDIAN_NANOS, latencies[count / 2]);
            progress.set(reader, Counter.HIGH_NANOS, latencies[(int) (count * HIGH)]);
        }
    }

    @Override
    public void onLine(ByteBuffer buffer, int offset, int length, int stamp) {
        long now = System.nanoTime();
        long number = buffer.getLong(offset);
        if ((number & WARM) != 0) {
            warm++;
        } else if ((number & PACED) != 0) {
            if (paced < latencies.length) {
                latencies[paced] = now - buffer.getLong(offset + Long.BYTES);
            }
            paced++;
        } else {
            fast++;
            last = now;
        }
    }
}
