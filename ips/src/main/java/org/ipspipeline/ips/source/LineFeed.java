package org.ipspipeline.ips.source;

import java.io.IOException;
import java.util.function.Function;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.pipeline.stage.Source;

/**
 * A line source as a source of a pipeline, whose events hold a buffer of lines.
 *
 * @param <E> the event
 */
public final class LineFeed<E> implements Source<E> {

    private final LineSource source;
    private final Function<? super E, LineBuffer> lines;
    private long handled;

    /**
     * Feeds a pipeline.
     *
     * @param source to fill from; closed with this
     * @param lines gives the buffer of an event, which is cleared before it is filled
     */
    public LineFeed(LineSource source, Function<? super E, LineBuffer> lines) {
        this.source = source;
        this.lines = lines;
    }

    /** What it fills from. */
    public LineSource source() {
        return source;
    }

    @Override
    public boolean poll(E event) throws IOException {
        final LineBuffer buffer = lines.apply(event);
        buffer.clear();
        return source.fill(buffer);
    }

    @Override
    public void handled(long events) {
        source.handled(events - handled);
        handled = events;
    }

    @Override
    public boolean isExhausted() {
        return source.isExhausted();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
