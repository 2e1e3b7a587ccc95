package org.ipspipeline.ips.source.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.splitting.LineSplitter;

/** Reads a stream to its end and hands its lines over. Not thread-safe. */
public final class StreamReader {

    private final LineHandover handover;
    private final SourceMeter meter;
    private final LineSplitter splitter;
    /** What was read behind the last line that was handed over. */
    private final ByteBuffer carried;

    private int carriedLength;

    /**
     * Makes a reader for one stream after another.
     *
     * @param handover gets the lines
     * @param meter counts those that were cut
     * @param maxLineLength bytes of a line that are kept
     */
    public StreamReader(LineHandover handover, SourceMeter meter, int maxLineLength) {
        this.handover = handover;
        this.meter = meter;
        this.splitter = new LineSplitter(maxLineLength);
        this.carried = ByteBuffer.allocateDirect(Math.max(64 * 1024, 4 * maxLineLength));
    }

    /**
     * Reads until the stream ends; its last line need not be ended.
     *
     * @param stream blocks while there is nothing
     * @throws IOException if reading fails
     * @throws InterruptedException if the thread is asked to end
     */
    public void readToEnd(ReadableByteChannel stream) throws IOException, InterruptedException {
        carriedLength = 0;
        splitter.setSkipping(false);
        boolean more = true;
        while (more || carriedLength > 0) {
            final LineBuffer buffer = handover.takeEmpty();
            try {
                more = readInto(buffer, stream, more);
            } finally {
                handover.give(buffer);
            }
        }
    }

    /** Reads once, unless lines are left from the last time, and makes lines of it. */
    private boolean readInto(LineBuffer buffer, ReadableByteChannel stream, boolean more) throws IOException {
        final ByteBuffer bytes = buffer.bytes();
        bytes.put(0, carried, 0, carriedLength);
        int length = carriedLength;
        boolean open = more;
        if (more && !splitter.isFull()) {
            bytes.limit(buffer.byteCapacity()).position(length);
            final int got = stream.read(bytes);
            bytes.clear();
            open = got >= 0;
            length += Math.max(0, got);
        }
        final int stamp = Stamps.now();
        int consumed = splitter.split(buffer, length, stamp);
        meter.cut(splitter.cutLines());
        if (!open && !splitter.isFull()) {
            // The rest has no line end and never will.
            final int rest = length - consumed;
            final int target = buffer.size();
            bytes.put(target, bytes, consumed, rest);
            splitter.splitLast(buffer, rest, stamp);
            meter.cut(splitter.cutLines());
            consumed = length;
        }
        carriedLength = length - consumed;
        carried.put(0, bytes, consumed, carriedLength);
        return open;
    }
}
