package org.ipspipeline.ips.source.stream;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.SourceStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source whose lines are waited for on a thread of its own; exhausted when its feeder has ended and all lines are taken. */
public final class FedSource implements LineSource {

    private static final Logger LOG = LoggerFactory.getLogger(FedSource.class);

    private final String name;
    private final SourceMeter meter;
    private final LineHandover handover;
    private final Feeder feeder;
    private final Thread thread;
    private final BatchCounts batches = new BatchCounts();
    private long handledLines;
    private volatile @Nullable String end;
    private volatile boolean closing;

    /**
     * Begins to wait for lines.
     *
     * @param name the source as the operator wrote it
     * @param meter counts what is given; the feeder counts losses in it
     * @param handover that the feeder hands to
     * @param feeder closed with this
     */
    public FedSource(String name, SourceMeter meter, LineHandover handover, Feeder feeder) {
        this.name = name;
        this.meter = meter;
        this.handover = handover;
        this.feeder = feeder;
        this.thread = new Thread(this::run, "source " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean fill(LineBuffer into) {
        if (!handover.take(into)) {
            return false;
        }
        meter.given(into.count(), into.size());
        batches.add(into.count());
        return true;
    }

    @Override
    public void handled(long count) {
        handledLines += batches.remove(count);
        feeder.handled(handledLines);
    }

    @Override
    public boolean isExhausted() {
        return handover.isExhausted();
    }

    @Override
    public boolean rings() {
        return true;
    }

    @Override
    public SourceStatus status() {
        final String last = end;
        return meter.status(
                name,
                last == null ? feeder.state() : last,
                handover.waitingBytes(),
                handover.waitingLines(),
                handover.waitingSeconds());
    }

    @Override
    public void close() throws IOException {
        closing = true;
        thread.interrupt();
        feeder.close();
    }

    private void run() {
        try {
            feeder.feed();
            end = feeder.state();
        } catch (ClosedChannelException | InterruptedException e) {
            end = "closed";
        } catch (IOException | RuntimeException e) {
            end = closing ? "closed" : "failed: " + e.getMessage();
            if (!closing) {
                meter.lost(LossReason.UNREADABLE, 0, 0);
                LOG.warn("{}: {}", name, e.getMessage());
            }
        } finally {
            handover.end();
        }
    }
}
