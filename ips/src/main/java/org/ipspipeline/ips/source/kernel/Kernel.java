package org.ipspipeline.ips.source.kernel;

import com.kenai.jffi.MemoryIO;
import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/** The way into the kernel: the C library, and errno after each call. Safe for use by many threads. */
final class Kernel {

    private Kernel() {}

    /**
     * The C library.
     *
     * @throws IOException if native code cannot be called here
     */
    static LibC libc() throws IOException {
        final LibC library = Loaded.LIBRARY;
        if (library == null) {
            throw new IOException("native calls are not possible here: " + Loaded.failure);
        }
        return library;
    }

    /** Where a direct buffer's memory is. */
    static long addressOf(ByteBuffer direct) throws IOException {
        return Pointer.wrap(Runtime.getRuntime(libc()), direct).address();
    }

    /** A buffer over memory that the kernel has mapped. */
    static ByteBuffer view(long address, int size) {
        return MemoryIO.getInstance().newDirectByteBuffer(address, size);
    }

    /** Why this thread's last call failed. */
    static int errno() throws IOException {
        return LastError.getLastError(Runtime.getRuntime(libc()));
    }

    /** The exception for this thread's last call. */
    static IOException failure(String what) throws IOException {
        final int error = errno();
        return new IOException(what + ": " + libc().strerror(error));
    }

    /** Loads the library once, and remembers if that is impossible. */
    private static final class Loaded {

        private static @Nullable String failure;
        private static final @Nullable LibC LIBRARY = load();

        private static @Nullable LibC load() {
            try {
                return LibraryLoader.create(LibC.class).load("c");
            } catch (LinkageError | RuntimeException e) {
                failure = e.toString();
                return null;
            }
        }
    }
}
