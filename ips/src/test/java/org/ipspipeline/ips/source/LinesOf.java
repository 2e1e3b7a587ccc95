package org.ipspipeline.ips.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;

/** Collects the lines of a source, in text. */
public final class LinesOf {

    private final LineSource source;
    private final LineBuffer buffer;
    private final List<String> lines = new ArrayList<>();

    public LinesOf(LineSource source) {
        this(source, new LineBuffer(64, 64 * 1024));
    }

    public LinesOf(LineSource source, LineBuffer buffer) {
        this.source = source;
        this.buffer = buffer;
    }

    /** All lines so far, after taking those that have come. */
    public List<String> soFar() throws IOException {
        buffer.clear();
        while (source.fill(buffer)) {
            for (int i = 0; i < buffer.count(); i++) {
                final byte[] line = new byte[buffer.length(i)];
                buffer.bytes().get(buffer.start(i), line);
                lines.add(new String(line, UTF_8));
            }
            buffer.clear();
        }
        return lines;
    }
}
