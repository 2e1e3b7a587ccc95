package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/** What a run has opened; closed in reverse order, by its own thread or by the one that an interrupt of the program runs on. */
final class Parts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /** Takes a part; where everything has been closed already, closes it at once. */
    synchronized <T extends AutoCloseable> T add(T part) throws IOException {
        parts.push(part);
        if (closed) {
            close();
            throw new IOException("interrupted");
        }
        return part;
    }

    /** Makes a directory, in memory where it can be, that goes with the parts. */
    Path directory(String prefix) throws IOException {
        Path memory = Path.of("/dev/shm");
        Path directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, prefix)
                : Files.createTempDirectory(prefix);
        add((AutoCloseable) () -> removeTree(directory));
        return directory;
    }

    private static void removeTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                System.err.println("ips-pipeline: evaluate: while cleaning up: " + failure.getMessage());
            }
        }
    }
}
