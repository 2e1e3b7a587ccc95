package org.ipspipeline.ips.source.file;

import java.nio.file.Path;
import java.time.Duration;
import org.ipspipeline.ips.source.reading.ReadingBackend;
import org.jspecify.annotations.Nullable;

/**
 * How files are followed.
 *
 * @param start where to begin in files that are there when the source is opened for the first time
 * @param backend how they are read
 * @param maxLineLength bytes of a line that are kept; 64 .. 1,048,576
 * @param lookEvery how long a file that comes, goes or rotates stays unnoticed at most, where nothing tells of it
 * @param state the directory in which positions are kept; null to keep none
 * @param linger for how long a renamed file is read on after its last line
 */
public record FileOptions(
        FileStart start,
        ReadingBackend backend,
        int maxLineLength,
        @Nullable Path state,
        Duration lookEvery,
        Duration linger) {

    /** Bytes of a line that are kept: longer than any line that a filter speaks of. */
    public static final int DEFAULT_MAX_LINE_LENGTH = 8192;

    /** From the first byte, with pread. */
    public static final FileOptions DEFAULT = new FileOptions(
            FileStart.BEGIN,
            ReadingBackend.PREAD,
            DEFAULT_MAX_LINE_LENGTH,
            null,
            Duration.ofMillis(250),
            Duration.ofSeconds(30));

    /** Checks the ranges. */
    public FileOptions {
        if (maxLineLength < 64 || maxLineLength > 1 << 20) {
            throw new IllegalArgumentException("a line budget of " + maxLineLength + " bytes is not in 64 .. 1048576");
        }
    }

    /** The same with another start. */
    public FileOptions withStart(FileStart newStart) {
        return new FileOptions(newStart, backend, maxLineLength, state, lookEvery, linger);
    }

    /** The same with another back-end. */
    public FileOptions withBackend(ReadingBackend newBackend) {
        return new FileOptions(start, newBackend, maxLineLength, state, lookEvery, linger);
    }

    /** The same with another line budget. */
    public FileOptions withMaxLineLength(int bytes) {
        return new FileOptions(start, backend, bytes, state, lookEvery, linger);
    }

    /** The same with another patience for renamed files. */
    public FileOptions withLinger(Duration newLinger) {
        return new FileOptions(start, backend, maxLineLength, state, lookEvery, newLinger);
    }

    /** The same with another interval of looking. */
    public FileOptions withLookEvery(Duration interval) {
        return new FileOptions(start, backend, maxLineLength, state, interval, linger);
    }

    /** The same with positions kept in a directory, so that the next run goes on where this one ends. */
    public FileOptions withState(Path directory) {
        return new FileOptions(start, backend, maxLineLength, directory, lookEvery, linger);
    }
}
