package org.ipspipeline.ips.source.stream;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ReadableByteChannel;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.SourceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that is read to its end, after which this source is exhausted. */
public final class StreamSource implements LineSource {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSource.class);

    private final String name;
    private final SourceMeter meter = new SourceMeter();
    private final LineHandover handover;
    private final ReadableByteChannel stream;
    private final StreamReader reader;
    private final Thread thread;
    private volatile String state = "reading";

    /**
     * Begins to read.
     *
     * @param name the source as the operator wrote it
     * @param stream blocks while there is nothing; closed with this
     * @param doorbell rung when there are lines
     * @param maxLineLength bytes of a line that are kept
     */
    public StreamSource(String name, ReadableByteChannel stream, Doorbell doorbell, int maxLineLength) {
        this.name = name;
        this.stream = stream;
        this.handover = new LineHandover(doorbell, maxLineLength);
        this.reader = new StreamReader(handover, meter, maxLineLength);
        this.thread = new Thread(this::run, "source " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads the standard input of this process. */
    public static LineSource standardInput(String name, Doorbell doorbell, int maxLineLength) {
        return new StreamSource(name, new FileInputStream(FileDescriptor.in).getChannel(), doorbell, maxLineLength);
    }

    @Override
    public boolean fill(LineBuffer into) {
        if (!handover.take(into)) {
            return false;
        }
        meter.given(into.count(), into.size());
        return true;
    }

    @Override
    public boolean isExhausted() {
        return handover.isExhausted();
    }

    @Override
    public SourceStatus status() {
        return meter.status(name, state, handover.waitingBytes(), handover.waitingLines(), handover.waitingSeconds());
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        stream.close();
    }

    private void run() {
        try {
            reader.readToEnd(stream);
            state = "ended";
        } catch (AsynchronousCloseException | InterruptedException e) {
            state = "closed";
        } catch (IOException e) {
            state = "failed: " + e.getMessage();
            meter.lost(LossReason.UNREADABLE, 0, 0);
            LOG.warn("{}: {}", name, e.getMessage());
        } finally {
            handover.end();
        }
    }
}
