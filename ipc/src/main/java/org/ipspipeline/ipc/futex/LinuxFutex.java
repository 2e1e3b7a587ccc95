package org.ipspipeline.ipc.futex;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** The futex by system call: the C library has no function for it. */
final class LinuxFutex implements Futex {

    private static final long WAIT = 0;
    private static final long WAKE = 1;
    private static final int TIMESPEC_SIZE = 16;

    /** The C library, as far as it is needed. Arguments are words, so that calls are fast and allocate nothing. */
    public interface CLibrary {
        /** See syscall(2). */
        long syscall(long number, long address, long operation, long value, long timespec);
    }

    /** A timespec in native memory, with its address. */
    private static final class Timespec {
        private final ByteBuffer memory =
                ByteBuffer.allocateDirect(TIMESPEC_SIZE).order(ByteOrder.nativeOrder());
        private final long address;

        private Timespec(Runtime runtime) {
            this.address = Pointer.wrap(runtime, memory).address();
        }
    }

    private final CLibrary c;
    private final Runtime runtime;
    private final long systemCall;
    private final ThreadLocal<Timespec> timeouts;

    LinuxFutex(long systemCall) {
        this.c = LibraryLoader.create(CLibrary.class).load("c");
        this.runtime = Runtime.getRuntime(c);
        this.systemCall = systemCall;
        this.timeouts = ThreadLocal.withInitial(() -> new Timespec(runtime));
    }

    @Override
    public long address(ByteBuffer buffer, int offset) {
        return Pointer.wrap(runtime, buffer).address() + offset;
    }

    @Override
    public void sleep(long address, int expected, long timeoutNanos) {
        final Timespec timeout = timeouts.get();
        timeout.memory.putLong(0, 0).putLong(Long.BYTES, timeoutNanos);
        c.syscall(systemCall, address, WAIT, expected, timeout.address);
    }

    @Override
    public void wakeAll(long address) {
        c.syscall(systemCall, address, WAKE, Integer.MAX_VALUE, 0);
    }
}
