package org.ipspipeline.ips.scan;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.ipspipeline.ips.source.reading.ReadingBackend;
import org.ipspipeline.ips.source.splitting.LineSplitter;

/** The lines of a file from its first byte to its end, read straight into blocks. For one thread. */
final class FileLines implements Closeable {

    private final ReadableFile file;
    private final LineSplitter splitter;
    private long position;

    FileLines(Path path, int maxLineLength) throws IOException {
        file = ReadingBackend.PREAD.open(path);
        splitter = new LineSplitter(maxLineLength);
    }

    /** Puts the next lines into an empty buffer; false at the end. */
    boolean fill(LineBuffer lines) throws IOException {
        while (lines.isEmpty()) {
            int read = file.read(lines.bytes(), 0, lines.byteCapacity(), position);
            if (read <= 0) {
                return false;
            }
            int done = splitter.split(lines, read, Stamps.NONE);
            position += done;
            if (done == 0) {
                // What is left has no line end: the last line.
                boolean placed = splitter.splitLast(lines, read, Stamps.NONE);
                position += read;
                return placed && !lines.isEmpty();
            }
        }
        return true;
    }

    /** How many bytes of the file are done with. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
