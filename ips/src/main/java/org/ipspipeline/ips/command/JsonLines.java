package org.ipspipeline.ips.command;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes JSON objects, one a line, each flushed at once: to a file, the standard output, or nowhere. */
public final class JsonLines implements Closeable {

    private final PrintStream out;
    private final boolean owned;

    private JsonLines(PrintStream out, boolean owned) {
        this.out = out;
        this.owned = owned;
    }

    /** {@return a writer that discards everything} */
    public static JsonLines nowhere() {
        return owning(OutputStream.nullOutputStream());
    }

    /**
     * {@return a writer to that stream}
     *
     * @param stream stays open when the writer is closed
     */
    public static JsonLines to(PrintStream stream) {
        return new JsonLines(stream, false);
    }

    /**
     * {@return a writer to that file}
     *
     * @param file replaced if it exists
     * @throws IOException when it cannot be written
     */
    public static JsonLines to(Path file) throws IOException {
        return owning(Files.newOutputStream(file));
    }

    private static JsonLines owning(OutputStream stream) {
        return new JsonLines(new PrintStream(stream, false, StandardCharsets.UTF_8), true);
    }

    /**
     * Writes one object; threads take turns.
     *
     * @param object keys in the order in which they are to stand
     */
    public synchronized void write(Map<String, ?> object) {
        out.println(text(object));
        out.flush();
    }

    /**
     * {@return an object as one line of JSON, without its newline}
     *
     * @param object keys in the order in which they are to stand
     */
    public static String text(Map<String, ?> object) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(object);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void close() {
        if (owned) {
            out.close();
        }
    }
}
