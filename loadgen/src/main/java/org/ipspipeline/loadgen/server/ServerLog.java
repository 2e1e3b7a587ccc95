package org.ipspipeline.loadgen.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ipc.FullPolicy;
import org.ipspipeline.ipc.Ring;
import org.jspecify.annotations.Nullable;

/** Where the server logs to: a ring with a segment for each receiving thread, a file that all append to, both, or nowhere. */
final class ServerLog implements Closeable {

    private final LineKind kind;
    private final @Nullable Ring ring;
    private final @Nullable Path file;
    private final List<List<LogSink>> sinks = new ArrayList<>();

    private ServerLog(LineKind kind, @Nullable Ring ring, @Nullable Path file) {
        this.kind = kind;
        this.ring = ring;
        this.file = file;
    }

    /**
     * Opens the log.
     *
     * @param kind what its lines look like
     * @param threads how many receiving threads write to it
     * @param ring where the first {@code threads} segments are claimed, null for no ring; closed with the log
     * @param file appended to, null for no file
     * @throws IOException when the file cannot be opened; the ring is closed then
     */
    static ServerLog open(LineKind kind, int threads, @Nullable Ring ring, @Nullable Path file) throws IOException {
        ServerLog log = new ServerLog(kind, ring, file);
        try {
            for (int thread = 0; thread < threads; thread++) {
                log.addThread(thread);
            }
            return log;
        } catch (IOException | RuntimeException failure) {
            log.close();
            throw failure;
        }
    }

    private void addThread(int thread) throws IOException {
        List<LogSink> ofThread = new ArrayList<>();
        sinks.add(ofThread);
        if (ring != null) {
            ofThread.add(new RingSink(ring.claim(thread, FullPolicy.drop())));
        }
        if (file != null) {
            ofThread.add(FileSink.open(file));
        }
    }

    LineKind kind() {
        return kind;
    }

    int threads() {
        return sinks.size();
    }

    List<LogSink> sinks(int thread) {
        return sinks.get(thread);
    }

    /** Whether every line goes to a ring and to a file. */
    boolean isBoth() {
        return ring != null && file != null;
    }

    /** {@return where lines go, for people} */
    String description() {
        String toRing = ring == null ? null : "ring " + ring.path();
        String toFile = file == null ? null : "file " + file;
        if (toRing == null) {
            return toFile == null ? "nowhere" : toFile;
        }
        return toFile == null ? toRing : toRing + " and " + toFile;
    }

    @Override
    public void close() throws IOException {
        for (List<LogSink> ofThread : sinks) {
            for (LogSink sink : ofThread) {
                sink.close();
            }
        }
        if (ring != null) {
            ring.close();
        }
    }
}
