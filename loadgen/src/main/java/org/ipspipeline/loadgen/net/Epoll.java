package org.ipspipeline.loadgen.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Waits for any of many sockets: epoll(7), level-triggered. One thread waits; no call allocates. */
public final class Epoll implements Closeable {

    private static final int ADD = 1;
    private static final int READABLE = 1;

    /** {@code struct epoll_event} is packed on x86-64 alone: events u32, then data u64 at 4 or 8. */
    private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

    private static final int DATA = PACKED ? Integer.BYTES : Long.BYTES;
    private static final int EVENT_BYTES = DATA + Long.BYTES;

    private final LibC library = SystemCalls.library();
    private final int descriptor;
    private final ByteBuffer events;
    private final long address;
    private final int capacity;

    /**
     * Makes one without sockets.
     *
     * @param capacity the most sockets that one {@link #await} reports
     * @throws SystemCallException when the kernel refuses
     */
    public Epoll(int capacity) throws SystemCallException {
        this.capacity = capacity;
        events = SystemCalls.allocate(capacity * EVENT_BYTES);
        address = SystemCalls.addressOf(events);
        descriptor = library.epoll_create1(NativeSocket.CLOSE_ON_EXEC);
        if (descriptor < 0) {
            throw SystemCalls.failure("epoll_create1");
        }
    }

    /**
     * Adds a socket.
     *
     * @param socket waited for from now on
     * @param token reported when it is readable
     * @throws SystemCallException when the kernel refuses
     */
    public void add(NativeSocket socket, int token) throws SystemCallException {
        events.putInt(0, READABLE).putLong(DATA, token);
        if (library.epoll_ctl(descriptor, ADD, socket.descriptor(), address) != 0) {
            throw SystemCalls.failure("epoll_ctl");
        }
    }

    /**
     * Waits until a socket is readable.
     *
     * @param timeoutMillis at most so long
     * @return how many sockets are, 0 when none became so in time
     * @throws SystemCallException when the kernel reports an error
     */
    public int await(int timeoutMillis) throws SystemCallException {
        int ready = library.epoll_wait(descriptor, address, capacity, timeoutMillis);
        if (ready >= 0) {
            return ready;
        }
        if (SystemCalls.lastError() == SystemCallException.EINTR) {
            return 0;
        }
        throw SystemCalls.failure("epoll_wait");
    }

    /**
     * {@return the token of a readable socket}
     *
     * @param i its place in what {@link #await} reported
     */
    public int token(int i) {
        return (int) events.getLong(i * EVENT_BYTES + DATA);
    }

    @Override
    public void close() throws IOException {
        if (library.close(descriptor) != 0) {
            throw SystemCalls.failure("close");
        }
    }
}
