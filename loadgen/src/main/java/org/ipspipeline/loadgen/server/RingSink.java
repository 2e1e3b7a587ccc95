package org.ipspipeline.loadgen.server;

import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.SegmentWriter;

/**
 * Writes to a segment of a ring, a batch with one publication: no allocation and no system call. A line that the full ring
 * has no room for is dropped at once, and counted here and in the ring: the server never waits for its readers.
 */
final class RingSink implements LogSink {

    private final SegmentWriter writer;

    /**
     * Makes a sink.
     *
     * @param writer claimed with the policy to drop what does not fit
     */
    RingSink(SegmentWriter writer) {
        this.writer = writer;
    }

    @Override
    public int write(LineBuffer lines) {
        int taken = 0;
        for (int i = 0; i < lines.count(); i++) {
            if (writer.stage(lines.bytes(), lines.start(i), lines.length(i), lines.stamp(i)) > 0) {
                taken++;
            }
        }
        writer.publish();
        return taken;
    }

    @Override
    public ServerCounter written() {
        return ServerCounter.RING_WRITTEN;
    }

    @Override
    public ServerCounter refused() {
        return ServerCounter.RING_REFUSED;
    }

    @Override
    public void close() {
        writer.close();
    }
}
