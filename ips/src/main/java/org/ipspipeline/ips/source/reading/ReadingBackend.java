package org.ipspipeline.ips.source.reading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.ipspipeline.ips.source.kernel.Uring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to read a file. */
public enum ReadingBackend {
    /** One system call a block; needs nothing. */
    PREAD("pread"),
    /** A mapping that is copied from. */
    MMAP("mmap"),
    /** An io_uring with registered buffers. */
    IO_URING("io_uring");

    private static final Logger LOG = LoggerFactory.getLogger(ReadingBackend.class);
    private static final String AUTO = "auto";

    private final String label;

    ReadingBackend(String label) {
        this.label = label;
    }

    /** The name in options and output. */
    public String label() {
        return label;
    }

    /** All names that {@link #named} takes, for help and messages. */
    public static String names() {
        return Arrays.stream(values()).map(ReadingBackend::label).collect(Collectors.joining(", ")) + ", " + AUTO;
    }

    /**
     * The back-end that an operator names, or the fastest on this machine for {@code auto}. Where the one that is named cannot be
     * had, the log says why, and it is {@link #PREAD}.
     *
     * @param name one of {@link #names()}
     * @throws IllegalArgumentException with one clause, if it is none of them
     */
    public static ReadingBackend named(String name) {
        if (name.equals(AUTO)) {
            final ReadingBackend fastest = BackendTrial.fastest();
            LOG.info("reader auto: {} is the fastest here", fastest.label);
            return fastest;
        }
        final ReadingBackend wanted = Arrays.stream(values())
                .filter(backend -> backend.label.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + name + "' is no reader: it must be one of " + names()));
        try {
            wanted.check();
            return wanted;
        } catch (IOException e) {
            LOG.warn("reader {}: {}; using pread", name, e.getMessage());
            return PREAD;
        }
    }

    /**
     * Finds out whether it works here.
     *
     * @throws IOException with a clause that says why not
     */
    public void check() throws IOException {
        if (this == IO_URING) {
            Uring.open().close();
        }
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
            case MMAP -> MappedFile.open(path);
            case IO_URING -> UringFile.open(path);
        };
    }
}
