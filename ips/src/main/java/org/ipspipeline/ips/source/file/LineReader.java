package org.ipspipeline.ips.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.ipspipeline.ips.source.reading.ReadingBackend;
import org.ipspipeline.ips.source.splitting.LineSplitter;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, one by one or in batches, without a daemon ({@code uring_getline} and {@code uring_getlines} in the thesis).
 * At the end it waits for nothing: asked again later, it goes on with what has been written meanwhile. Allocates when it is made
 * and never after. Not thread-safe.
 *
 * <pre>{@code
 * try (LineReader reader = LineReader.open(path, ReadingBackend.PREAD)) {
 *     for (ByteBuffer line = reader.readLine(); line != null; line = reader.readLine()) {
 *         ...
 *     }
 * }
 * }</pre>
 */
public final class LineReader implements Closeable {

    private static final int BATCH_LINES = 2048;
    private static final int BATCH_BYTES = 256 * 1024;

    private final ReadableFile file;
    private final LineSplitter splitter;
    private final LineBuffer batch;
    private final ByteBuffer view;
    private long position;
    private long cutLines;
    private int window = Integer.MAX_VALUE;
    private int next;

    private LineReader(ReadableFile file, int maxLineLength) {
        this.file = file;
        this.splitter = new LineSplitter(maxLineLength);
        this.batch = new LineBuffer(BATCH_LINES, Math.max(BATCH_BYTES, 2 * maxLineLength));
        this.view = batch.bytes().asReadOnlyBuffer();
    }

    /**
     * Opens a file, for lines of up to {@value FileOptions#DEFAULT_MAX_LINE_LENGTH} bytes.
     *
     * @param path a regular file
     * @param backend that reads
     */
    public static LineReader open(Path path, ReadingBackend backend) throws IOException {
        return open(path, backend, FileOptions.DEFAULT_MAX_LINE_LENGTH);
    }

    /**
     * Opens a file.
     *
     * @param path a regular file
     * @param backend that reads
     * @param maxLineLength bytes of a line that are kept
     */
    public static LineReader open(Path path, ReadingBackend backend, int maxLineLength) throws IOException {
        return new LineReader(backend.open(path), maxLineLength);
    }

    /**
     * The next line.
     *
     * @return its bytes from position to limit, without the line end; valid until the next call; null at the end of the file. A line
     *     whose end is not written yet is not given
     */
    public @Nullable ByteBuffer readLine() throws IOException {
        if (next == batch.count()) {
            next = 0;
            batch.clear();
            if (!readLines(batch)) {
                return null;
            }
        }
        final int line = next++;
        final int start = batch.start(line);
        return view.limit(start + batch.length(line)).position(start);
    }

    /**
     * The next lines, as many as there are and find room. Not to be mixed with {@link #readLine()}, which reads ahead.
     *
     * @param into an empty buffer with room for more than the longest line
     * @return whether there were any
     */
    public boolean readLines(LineBuffer into) throws IOException {
        while (into.isEmpty()) {
            final int length = Math.min(into.byteCapacity(), window);
            final int got = file.read(into.bytes(), 0, length, position);
            final int done = splitter.split(into, got, Stamps.NONE);
            cutLines += splitter.cutLines();
            position += done;
            // What finds no room in the buffer, for too many lines, would be read twice.
            window = splitter.isFull() ? done + done / 64 : Integer.MAX_VALUE;
            if (done == 0 || (got < length && into.isEmpty())) {
                return !into.isEmpty();
            }
        }
        return true;
    }

    /**
     * Gives the line at the end of the file that has no line end, once nobody will write it any more.
     *
     * @param into an empty buffer
     * @return whether there was one
     */
    public boolean readLast(LineBuffer into) throws IOException {
        final int got = file.read(into.bytes(), 0, into.byteCapacity(), position);
        position += got;
        return splitter.splitLast(into, got, Stamps.NONE) && !into.isEmpty();
    }

    /** Where in the file the next line starts that has not been read. */
    public long position() {
        return position;
    }

    /** Lines that were longer than is kept. */
    public long cutLines() {
        return cutLines;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
