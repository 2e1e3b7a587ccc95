package org.ipspipeline.ips.source.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.SourceMeter;

/**
 * A named pipe, for one writer after another or many at once. It is kept open while there is no writer, so that nobody's lines
 * are lost between two; the last line of a writer need not be ended.
 */
public final class FifoSource {

    private static final String IFMT_FIFO = "unix:mode";
    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_FIFO = 0010000;

    private FifoSource() {}

    /**
     * Opens a named pipe and begins to wait for writers.
     *
     * @param name the source as the operator wrote it
     * @param path of the pipe
     * @param doorbell rung when there are lines
     * @param maxLineLength bytes of a line that are kept
     * @return the source
     * @throws SourceException if it is not there, no pipe, or may not be read
     */
    public static LineSource open(String name, Path path, Doorbell doorbell, int maxLineLength) {
        try {
            if (!Files.exists(path)) {
                throw new SourceException(name + ": is not there; make it with 'mkfifo " + path + "'");
            }
            if (!(Files.getAttribute(path, IFMT_FIFO) instanceof Integer mode) || (mode & TYPE_MASK) != TYPE_FIFO) {
                throw new SourceException(name + ": is not a named pipe");
            }
            final FileChannel channel = openWithoutWaiting(path);
            final SourceMeter meter = new SourceMeter();
            final LineHandover handover = new LineHandover(doorbell, maxLineLength);
            final StreamReader reader = new StreamReader(handover, meter, maxLineLength);
            return new FedSource(name, meter, handover, new FifoFeeder(channel, reader));
        } catch (IOException e) {
            final boolean denied = e instanceof java.nio.file.AccessDeniedException;
            throw new SourceException(
                    name + ": "
                            + (denied
                                    ? "may not be read and written by user " + System.getProperty("user.name")
                                    : "cannot be opened: " + e.getMessage()),
                    e);
        }
    }

    /** Opening a pipe to read waits for a writer: for so long there is one of our own. */
    private static FileChannel openWithoutWaiting(Path path) throws IOException {
        try (FileChannel writer = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return writer.isOpen() ? FileChannel.open(path, StandardOpenOption.READ) : writer;
        }
    }

    /** Reads to the end again and again: there is an end whenever there is no writer. */
    private static final class FifoFeeder implements Feeder {

        private static final long PAUSE_MILLIS = 20;

        private final FileChannel channel;
        private final StreamReader reader;
        private volatile boolean closed;

        FifoFeeder(FileChannel channel, StreamReader reader) {
            this.channel = channel;
            this.reader = reader;
        }

        @Override
        public void feed() throws IOException, InterruptedException {
            while (!closed) {
                reader.readToEnd(channel);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }

        @Override
        public String state() {
            return "reading";
        }

        @Override
        public void close() throws IOException {
            closed = true;
            channel.close();
        }
    }
}
