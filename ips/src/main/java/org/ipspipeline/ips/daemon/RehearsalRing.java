package org.ipspipeline.ips.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.ring.RingSource;

/** A ring of this process's own, so that made-up lines come the way that real ones do. */
final class RehearsalRing implements AutoCloseable {

    private static final int LINES = 4096;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path directory;
    private final Ring ring;
    private final SegmentWriter writer;

    /**
     * Makes one.
     *
     * @param lineSize bytes of the longest line
     * @throws IOException if there is no place for it
     */
    RehearsalRing(int lineSize) throws IOException {
        directory = Files.isWritable(SHARED_MEMORY)
                ? Files.createTempDirectory(SHARED_MEMORY, "ips-rehearsal-")
                : Files.createTempDirectory("ips-rehearsal-");
        ring = Ring.create(
                path(), RingOptions.builder().lines(LINES).lineSize(lineSize).build());
        writer = ring.claim(0);
    }

    private Path path() {
        return directory.resolve("ring");
    }

    List<LineSource> open() {
        return RingSource.open("rehearsal", path(), StartPosition.OLDEST);
    }

    /** Writes a line; returns whether there was room. */
    boolean write(byte[] line) {
        return writer.write(line, 0, line.length, Stamps.now()) != SegmentWriter.FULL;
    }

    @Override
    public void close() {
        writer.close();
        ring.close();
        try {
            Files.deleteIfExists(directory);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
