package org.ipspipeline.ips.source.reading;

import java.io.IOException;
import java.nio.file.Path;

/** The ways to read a file. */
public enum ReadingBackend {
    /** One system call a block; needs nothing. */
    PREAD("pread");

    private final String label;

    ReadingBackend(String label) {
        this.label = label;
    }

    /** The name in options and output. */
    public String label() {
        return label;
    }

    /**
     * Opens a regular file.
     *
     * @param path its name, symbolic links followed
     * @throws IOException if that is not possible
     */
    public ReadableFile open(Path path) throws IOException {
        return switch (this) {
            case PREAD -> ChannelFile.open(path);
        };
    }
}
