package org.ipspipeline.ips.source.spec;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.SourceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that could not be had when it was asked for, and is tried again every few seconds. */
final class WaitingSource implements LineSource {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingSource.class);
    private static final long TRY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String name;
    private final Supplier<List<LineSource>> opening;
    private final SourceMeter none = new SourceMeter();
    private volatile List<LineSource> sources = List.of();
    private volatile String state;
    private long tryAt = System.nanoTime() + TRY_EVERY_NANOS;
    private int turn;

    /**
     * Waits for a source.
     *
     * @param name the source as the operator wrote it
     * @param refusal why it cannot be had
     * @param opening opens it, or throws a {@link SourceException}
     */
    WaitingSource(String name, SourceException refusal, Supplier<List<LineSource>> opening) {
        this.name = name;
        this.opening = opening;
        this.state = waitingFor(refusal);
    }

    @Override
    public boolean fill(LineBuffer into) throws IOException {
        final List<LineSource> opened = sources;
        if (opened.isEmpty()) {
            tryAgain();
            return false;
        }
        for (int i = 0; i < opened.size(); i++) {
            turn = (turn + 1) % opened.size();
            if (opened.get(turn).fill(into)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void handled(long batches) {
        // A ring, the only kind that is several sources, keeps its own account of what was read.
        if (sources.size() == 1) {
            sources.get(0).handled(batches);
        }
    }

    @Override
    public boolean isExhausted() {
        final List<LineSource> opened = sources;
        return !opened.isEmpty() && opened.stream().allMatch(LineSource::isExhausted);
    }

    @Override
    public SourceStatus status() {
        final List<LineSource> opened = sources;
        if (opened.isEmpty()) {
            return none.status(name, state, 0, 0, 0);
        }
        return SourceStatus.sum(name, opened.stream().map(LineSource::status).toList());
    }

    @Override
    public void close() throws IOException {
        for (LineSource source : sources) {
            source.close();
        }
    }

    private void tryAgain() {
        final long now = System.nanoTime();
        if (now - tryAt < 0) {
            return;
        }
        tryAt = now + TRY_EVERY_NANOS;
        try {
            sources = List.copyOf(opening.get());
            LOG.info("{}: is there now", name);
        } catch (SourceException e) {
            state = waitingFor(e);
        }
    }

    private static String waitingFor(SourceException refusal) {
        return "waiting, as " + refusal.getMessage();
    }
}
