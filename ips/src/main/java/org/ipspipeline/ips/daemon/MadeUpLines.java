package org.ipspipeline.ips.daemon;

import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceStatus;

/** Lines from memory, for as long as there is time. */
final class MadeUpLines implements LineSource {

    private final List<byte[]> lines;
    private final long deadlineNanos;
    private int next;
    private volatile boolean exhausted;

    /**
     * @param lines all that will come
     * @param deadlineNanos when none comes any more, on the clock of {@link System#nanoTime()}
     */
    MadeUpLines(List<byte[]> lines, long deadlineNanos) {
        this.lines = lines;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public boolean fill(LineBuffer into) {
        if (next == lines.size() || System.nanoTime() - deadlineNanos >= 0) {
            exhausted = true;
            return false;
        }
        int stamp = Stamps.now();
        while (next < lines.size()) {
            byte[] line = lines.get(next);
            if (!into.append(line, 0, line.length, stamp)) {
                break;
            }
            next++;
        }
        return true;
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public SourceStatus status() {
        return new SourceStatus("made up", "rehearsal", next, 0, 0, 0, 0, 0, 0, List.of());
    }

    @Override
    public void close() {}
}
