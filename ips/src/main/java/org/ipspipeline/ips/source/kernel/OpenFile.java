package org.ipspipeline.ips.source.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file's descriptor, for calls that the JDK makes none of. */
public final class OpenFile implements Closeable {

    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;
    private static final int SEEK_END = 2;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private final LibC libc;
    private final int descriptor;
    private boolean closed;

    private OpenFile(LibC libc, int descriptor) {
        this.libc = libc;
        this.descriptor = descriptor;
    }

    /**
     * Opens a file to read.
     *
     * @param path of a regular file: opening a pipe would wait for its writer
     */
    public static OpenFile open(Path path) throws IOException {
        final LibC libc = Kernel.libc();
        final int descriptor = libc.open(path.toString(), READ_ONLY_CLOSE_ON_EXEC);
        if (descriptor < 0) {
            final int error = Kernel.errno();
            if (error == ENOENT) {
                throw new NoSuchFileException(path.toString());
            }
            if (error == EACCES) {
                throw new AccessDeniedException(path.toString());
            }
            throw Kernel.failure("opening " + path);
        }
        return new OpenFile(libc, descriptor);
    }

    /** The descriptor's number. */
    public int descriptor() {
        return descriptor;
    }

    /** Under which name the open file stands, whatever has become of its own. */
    public Path path() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    /** The file's length now. */
    public synchronized long size() throws IOException {
        final long size = closed ? -1 : libc.lseek(descriptor, 0, SEEK_END);
        if (size < 0) {
            throw closed ? new IOException("the file is closed") : Kernel.failure("asking for the length");
        }
        return size;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            libc.close(descriptor);
        }
    }
}
