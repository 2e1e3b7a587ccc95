package org.ipspipeline.ips.source.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.ipspipeline.ips.source.SourceException;

/**
 * A source as the operator writes it, {@code KIND:WHAT}:
 *
 * <pre>
 *   ring:PATH        a shared-memory ring, one source a segment
 *   file:GLOB        files, followed through their rotations
 *   stdin:           standard input, to its end
 * </pre>
 */
public sealed interface SourceSpec {

    /** The forms that there are, for messages and help. */
    String FORMS = "ring:PATH, file:GLOB, stdin:";

    /** As the operator wrote it. */
    String text();

    /**
     * A ring.
     *
     * @param text as written
     * @param path where it is
     */
    record RingSpec(String text, Path path) implements SourceSpec {}

    /**
     * Files.
     *
     * @param text as written
     * @param pattern a path, perhaps with wildcards
     */
    record FileSpec(String text, String pattern) implements SourceSpec {}

    /**
     * Standard input.
     *
     * @param text as written
     */
    record StdinSpec(String text) implements SourceSpec {}

    /**
     * Parses what the operator wrote.
     *
     * @param text such as {@code file:/var/log/auth.log}
     * @return the source
     * @throws SourceException with one line, if it is none of the forms
     */
    static SourceSpec parse(String text) {
        final int colon = text.indexOf(':');
        final String kind = colon < 0 ? "" : text.substring(0, colon);
        final String what = text.substring(colon + 1);
        return switch (kind) {
            case "ring" -> new RingSpec(text, path(text, what));
            case "file" -> new FileSpec(text, path(text, what).toString());
            case "stdin" -> stdin(text, what);
            default -> throw new SourceException("source '" + text + "': it must be one of " + FORMS);
        };
    }

    private static SourceSpec stdin(String text, String what) {
        if (!what.isEmpty()) {
            throw new SourceException("source '" + text + "': nothing goes after 'stdin:'");
        }
        return new StdinSpec(text);
    }

    private static Path path(String text, String what) {
        if (what.isEmpty()) {
            throw new SourceException("source '" + text + "': a path goes after the colon");
        }
        try {
            return Path.of(what);
        } catch (InvalidPathException e) {
            throw new SourceException("source '" + text + "': no path: " + e.getReason(), e);
        }
    }
}
