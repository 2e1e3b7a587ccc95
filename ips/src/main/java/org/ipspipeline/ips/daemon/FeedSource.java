package org.ipspipeline.ips.daemon;

import java.io.IOException;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.pipeline.stage.Source;

/** A feed's source in a pipeline. Stays open when the pipeline ends: the next one may go on with it. */
final class FeedSource implements Source<LineBlock> {

    private final LineSource source;
    private final int number;
    private long handled;

    /**
     * @param source to fill from
     * @param number its number in the pipeline
     */
    FeedSource(LineSource source, int number) {
        this.source = source;
        this.number = number;
    }

    @Override
    public boolean poll(LineBlock block) throws IOException {
        LineBuffer lines = block.lines();
        lines.clear();
        block.source(number);
        return source.fill(lines);
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
}
