package org.ipspipeline.loadgen.net;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/** The C library, loaded once, and how its errors are told. */
final class SystemCalls {

    private static final @Nullable LibC LIBRARY;
    private static final @Nullable String WHY_UNAVAILABLE;

    static {
        LibC library = null;
        String reason = null;
        try {
            if (!System.getProperty("os.name", "").equals("Linux")) {
                reason = "the operating system is not Linux";
            } else if (Runtime.getSystemRuntime().addressSize() != Long.BYTES
                    || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
                reason = "the machine is not 64-bit little-endian";
            } else {
                library = LibraryLoader.create(LibC.class)
                        .option(LibraryOption.LoadNow, true)
                        .load("c");
            }
        } catch (LinkageError | RuntimeException failure) {
            reason = "jnr-ffi cannot load the C library: " + failure;
        }
        LIBRARY = library;
        WHY_UNAVAILABLE = reason;
    }

    private SystemCalls() {}

    /** Null where native calls work, otherwise why they do not. */
    static @Nullable String whyUnavailable() {
        return WHY_UNAVAILABLE;
    }

    static LibC library() {
        if (LIBRARY == null) {
            throw new IllegalStateException("no native system calls: " + WHY_UNAVAILABLE);
        }
        return LIBRARY;
    }

    /** The {@code errno} of this thread's last call. */
    static int lastError() {
        return Runtime.getSystemRuntime().getLastError();
    }

    static SystemCallException failure(String call) {
        int error = lastError();
        return new SystemCallException(call, error, library().strerror(error));
    }

    /** A zeroed direct buffer in the machine's byte order. */
    static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Where a direct buffer lies; valid as long as the buffer is reachable. */
    static long addressOf(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }
}
