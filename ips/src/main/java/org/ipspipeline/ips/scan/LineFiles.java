package org.ipspipeline.ips.scan;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.stream.StreamSource;

/** Reads files and the standard input to their ends, block by block. For one thread. */
public final class LineFiles {

    /** Bytes of a line that are kept; the rest of a longer line is passed over. */
    public static final int LONGEST_LINE = 64 * 1024;

    private static final int BLOCK_LINES = 1024;
    private static final int BLOCK_BYTES = 128 * 1024;
    private static final long LONGEST_SLEEP_NANOS = 1_000_000;

    private final LineBlock block = new LineBlock(BLOCK_LINES, BLOCK_BYTES);
    private final BlockHandler handler;
    private long nanos;

    /** Takes blocks. */
    @FunctionalInterface
    public interface BlockHandler {

        /**
         * Takes the next block of a file.
         *
         * @param block holds at least one line; used again afterwards
         * @throws IOException when what it does with the lines fails
         */
        void handle(LineBlock block) throws IOException;
    }

    /** Is told how far a file was read. */
    @FunctionalInterface
    public interface Watcher extends Closeable {

        /** Watches nothing. */
        Watcher NONE = position -> {};

        /**
         * Sees that bytes were read.
         *
         * @param position bytes from the file's beginning on that are done with
         */
        void at(long position);

        @Override
        default void close() {}
    }

    /**
     * Prepares to read.
     *
     * @param handler takes all blocks
     */
    public LineFiles(BlockHandler handler) {
        this.handler = handler;
    }

    /**
     * Reads a file.
     *
     * @param path a file that can be read
     * @param watcher is told how far it has come, and closed at the end
     * @throws IOException when it cannot be read
     */
    public void read(Path path, Watcher watcher) throws IOException {
        long begin = System.nanoTime();
        try (FileLines file = new FileLines(path, LONGEST_LINE);
                watcher) {
            for (block.clear(); file.fill(block.lines()); block.clear()) {
                handler.handle(block);
                watcher.at(file.position());
            }
        }
        nanos += System.nanoTime() - begin;
    }

    /**
     * Reads the standard input.
     *
     * @throws IOException when it cannot be read
     */
    public void readStandardInput() throws IOException {
        long begin = System.nanoTime();
        try (LineSource input = StreamSource.standardInput("stdin:", new Doorbell(LONGEST_SLEEP_NANOS), LONGEST_LINE)) {
            while (true) {
                block.clear();
                if (input.fill(block.lines())) {
                    handler.handle(block);
                } else if (input.isExhausted()) {
                    break;
                } else {
                    LockSupport.parkNanos(LONGEST_SLEEP_NANOS);
                }
            }
        }
        nanos += System.nanoTime() - begin;
    }

    /** {@return the seconds spent on reading and handling so far} */
    public double seconds() {
        return nanos / 1e9;
    }
}
