package org.ipspipeline.ips.source.reading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, in a few milliseconds, which back-end reads fastest on this machine. */
final class BackendTrial {

    private static final Logger LOG = LoggerFactory.getLogger(BackendTrial.class);
    private static final int FILE_SIZE = 4 << 20;
    private static final int BLOCK = 64 * 1024;
    private static final int ROUNDS = 12;

    private BackendTrial() {}

    /** The fastest of those that work on files which are cut back while they are read. */
    static ReadingBackend fastest() {
        try {
            final Path file = Files.createTempFile("ips-reader", null);
            try {
                Files.write(file, new byte[FILE_SIZE]);
                // A mapping is never the choice: a file that is cut back under it costs a fault of the JVM.
                return nanos(ReadingBackend.IO_URING, file) < nanos(ReadingBackend.PREAD, file)
                        ? ReadingBackend.IO_URING
                        : ReadingBackend.PREAD;
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("the trial of readers failed", e);
            return ReadingBackend.PREAD;
        }
    }

    /** The least time for the file; the longest there is if it does not work. */
    private static long nanos(ReadingBackend backend, Path path) {
        long least = Long.MAX_VALUE;
        final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        try (ReadableFile file = backend.open(path)) {
            for (int round = 0; round < ROUNDS; round++) {
                final long begin = System.nanoTime();
                for (long at = 0; at < FILE_SIZE; at += BLOCK) {
                    file.read(block, 0, BLOCK, at);
                }
                least = Math.min(least, System.nanoTime() - begin);
            }
        } catch (IOException e) {
            LOG.debug("{} does not work here: {}", backend, e.getMessage());
        }
        return least;
    }
}
