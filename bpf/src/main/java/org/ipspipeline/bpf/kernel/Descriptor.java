package org.ipspipeline.bpf.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/** An open file descriptor, closed once. Safe for use by many threads, as far as the number is not used after closing. */
final class Descriptor implements AutoCloseable {

    private static final int CLOSED = -1;

    private final AtomicInteger number;

    Descriptor(int number) {
        this.number = new AtomicInteger(number);
    }

    /**
     * The number, for a system call.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    int number() {
        int current = number.get();
        if (current == CLOSED) {
            throw new IllegalStateException("used after it was closed");
        }
        return current;
    }

    @Override
    public void close() {
        int current = number.getAndSet(CLOSED);
        if (current != CLOSED) {
            // The descriptor is gone whatever close(2) returns.
            Kernel.libc().close(current);
        }
    }
}
