package org.ipspipeline.ips.source.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.RingException;
import org.ipspipeline.ipc.RingStatus;
import org.ipspipeline.ipc.SegmentReader;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.SourceStatus;
import org.jspecify.annotations.Nullable;

/** One segment of a ring. */
public final class RingSource implements LineSource {

    private static final long LOOK_EVERY_NANOS = 1_000_000_000;

    /** How finely the moment is kept, so that an empty round costs no write to shared memory. */
    private static final long CAUGHT_UP_STEP_NANOS = 1_000_000;

    private final RingAttachment attachment;
    private final int segment;
    private final String name;
    private final SourceMeter meter = new SourceMeter();
    private SegmentReader reader;
    private int generation;
    private long lookAt;
    private volatile long caughtUpAt = System.nanoTime();
    private volatile @Nullable String trouble;

    private RingSource(RingAttachment attachment, int segment, String name) {
        this.attachment = attachment;
        this.segment = segment;
        this.name = name;
        this.reader = attachment.reader().segment(segment);
        this.lookAt = System.nanoTime() + LOOK_EVERY_NANOS;
    }

    /**
     * Attaches to a ring and joins its readers.
     *
     * @param name the source as the operator wrote it
     * @param path where the ring is
     * @param start which lines to begin with
     * @return a source for each segment, in their order
     * @throws SourceException if there is no ring of ours, or it may not be used, or has no free reader slot
     */
    public static List<LineSource> open(String name, Path path, StartPosition start) {
        try {
            final RingAttachment attachment = RingAttachment.to(path, start);
            final List<LineSource> sources = new ArrayList<>();
            for (int segment = 0; segment < attachment.segments(); segment++) {
                sources.add(new RingSource(attachment, segment, name + "#" + segment));
            }
            return sources;
        } catch (RingException | IOException e) {
            throw new SourceException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean fill(LineBuffer into) throws IOException {
        if (generation != attachment.generation()) {
            renew();
        }
        try {
            return read(into);
        } catch (RingException e) {
            switch (e.code()) {
                case EVICTED -> {
                    meter.lost(LossReason.OVERRUN, 0, 0);
                    attachment.rejoin(generation);
                    renew();
                }
                case DAMAGED -> {
                    meter.lost(LossReason.MALFORMED, 0, 0);
                    trouble = e.getMessage();
                    reader.seek(StartPosition.NEWEST);
                }
                case CLOSED -> renew();
                default -> throw e;
            }
            return false;
        }
    }

    @Override
    public SourceStatus status() {
        final RingStatus.CursorStatus cursor = attachment.cursor(segment);
        final long lag = cursor == null ? 0 : cursor.lag();
        final boolean inBytes = attachment.isVariableLength();
        final String current = trouble;
        return meter.status(
                name,
                current == null ? "reading" : current,
                inBytes ? lag : 0,
                inBytes ? meter.linesIn(lag) : lag,
                lag == 0 ? 0 : Math.max(0, System.nanoTime() - caughtUpAt) / 1e9);
    }

    @Override
    public void close() {
        attachment.release();
    }

    private boolean read(LineBuffer into) throws IOException {
        final int lines = reader.read(into, into.lineCapacity());
        final long lost = into.lost();
        if (lost > 0) {
            meter.lost(LossReason.OVERRUN, lost, 0);
        }
        if (lines == 0) {
            onEmpty();
            return false;
        }
        meter.given(lines, into.size());
        if (trouble != null) {
            trouble = null;
        }
        return true;
    }

    private void onEmpty() throws IOException {
        final long now = System.nanoTime();
        if (now - caughtUpAt > CAUGHT_UP_STEP_NANOS) {
            caughtUpAt = now;
        }
        if (now - lookAt >= 0) {
            lookAt = now + LOOK_EVERY_NANOS;
            attachment.followRecreation();
        }
    }

    private void renew() {
        generation = attachment.generation();
        reader = attachment.reader().segment(segment);
    }
}
