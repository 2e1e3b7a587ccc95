package org.ipspipeline.benchmarks.stages;

import java.io.IOException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceStatus;

/** Another source, and how long its fills take that give lines. */
final class TimedSource implements LineSource {

    private static final int DIGITS = 3;

    private final LineSource source;
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(DIGITS);

    TimedSource(LineSource source) {
        this.source = source;
    }

    /** The nanoseconds of all fills since the last call. */
    Histogram take() {
        return recorder.getIntervalHistogram();
    }

    @Override
    public boolean fill(LineBuffer into) throws IOException {
        long begin = System.nanoTime();
        boolean filled = source.fill(into);
        if (filled) {
            recorder.recordValue(System.nanoTime() - begin);
        }
        return filled;
    }

    @Override
    public void handled(long batches) {
        source.handled(batches);
    }

    @Override
    public boolean rings() {
        return source.rings();
    }

    @Override
    public boolean isExhausted() {
        return source.isExhausted();
    }

    @Override
    public SourceStatus status() {
        return source.status();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
