package org.ipspipeline.bpf.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The way into the kernel: the C library through jnr-ffi, and errno after each call. Safe for use by many threads. */
final class Kernel {

    private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);
    private static final Path POSSIBLE_CPUS = Path.of("/sys/devices/system/cpu/possible");

    private Kernel() {}

    static LibC libc() {
        return LIBC;
    }

    static Runtime runtime() {
        return RUNTIME;
    }

    /** Why this thread's last call through {@link #libc()} failed. */
    static int errno() {
        return LastError.getLastError(RUNTIME);
    }

    /** The exception for this thread's last call, after it failed. */
    static KernelException failure(String what) {
        return new KernelException(what, errno());
    }

    /**
     * How many values a per-CPU map has for each key: one for each CPU that this machine could ever have.
     *
     * @throws UncheckedIOException when sysfs is not there
     */
    static int possibleCpus() {
        try {
            // "0", "0-3" or "0-3,8-11", ascending; values are there for the numbers left out as well.
            String ranges = Files.readString(POSSIBLE_CPUS).strip();
            int last = Math.max(ranges.lastIndexOf('-'), ranges.lastIndexOf(','));
            return Integer.parseInt(ranges.substring(last + 1)) + 1;
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
