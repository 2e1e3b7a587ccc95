package org.ipspipeline.ips.source.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An inotify instance: one thread waits for events, others add watches.
 *
 * <p>A watch of a file fires once and is then gone, so that a file which is written to all the time costs its writer nothing;
 * a watch of a directory stays.
 */
public final class Inotify implements Closeable {

    private static final int IN_MODIFY = 0x2;
    private static final int IN_ATTRIB = 0x4;
    private static final int IN_MOVED_FROM = 0x40;
    private static final int IN_MOVED_TO = 0x80;
    private static final int IN_CREATE = 0x100;
    private static final int IN_DELETE = 0x200;
    private static final int IN_MOVE_SELF = 0x800;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int IN_IGNORED = 0x8000;
    private static final int IN_ONLYDIR = 0x0100_0000;
    private static final int IN_ONESHOT = 0x8000_0000;

    private static final int FILE_EVENTS = IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_ONESHOT;
    private static final int DIRECTORY_EVENTS =
            IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_MOVE_SELF | IN_ONLYDIR;

    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int HEADER = 16;
    private static final short POLLIN = 1;
    private static final int POLLFD = 8;

    private final LibC libc;
    private final int descriptor;
    private final int stopper;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE).order(ByteOrder.nativeOrder());
    private final ByteBuffer pollSet = ByteBuffer.allocateDirect(2 * POLLFD).order(ByteOrder.nativeOrder());
    private volatile boolean stopping;

    private Inotify(LibC libc, int descriptor, int stopper) {
        this.libc = libc;
        this.descriptor = descriptor;
        this.stopper = stopper;
    }

    /**
     * Opens an instance.
     *
     * @throws IOException if this system has none to give
     */
    public static Inotify open() throws IOException {
        final LibC libc = Kernel.libc();
        final int descriptor = libc.inotify_init1(CLOSE_ON_EXEC);
        if (descriptor < 0) {
            throw Kernel.failure("inotify_init1");
        }
        final int stopper = libc.eventfd(0, CLOSE_ON_EXEC);
        if (stopper < 0) {
            final IOException failure = Kernel.failure("eventfd");
            libc.close(descriptor);
            throw failure;
        }
        return new Inotify(libc, descriptor, stopper);
    }

    /**
     * Watches a file until it is written to, or its name or attributes change, once.
     *
     * @param path of the file
     * @return the watch's number, the same as before if the file is watched already
     * @throws IOException if it is gone, or there are no watches left
     */
    public int watchOnce(Path path) throws IOException {
        return add(path, FILE_EVENTS);
    }

    /**
     * Watches a directory for files that come and go.
     *
     * @param path of the directory
     * @return the watch's number
     * @throws IOException if it is gone, or no directory, or there are no watches left
     */
    public int watchDirectory(Path path) throws IOException {
        return add(path, DIRECTORY_EVENTS);
    }

    /**
     * Waits for events and tells of them. For one thread.
     *
     * @param listener is told
     * @return false once this is being closed
     * @throws IOException if reading fails
     */
    public boolean await(Listener listener) throws IOException {
        pollSet.putInt(0, descriptor).putShort(4, POLLIN).putShort(6, (short) 0);
        pollSet.putInt(POLLFD, stopper).putShort(POLLFD + 4, POLLIN).putShort(POLLFD + 6, (short) 0);
        libc.poll(Kernel.addressOf(pollSet), 2, -1);
        if (stopping) {
            return false;
        }
        if (pollSet.getShort(6) == 0) {
            return true;
        }
        final long got = libc.read(descriptor, Kernel.addressOf(buffer), BUFFER_SIZE);
        if (got < 0) {
            throw Kernel.failure("reading inotify events");
        }
        for (int at = 0; at + HEADER <= got; ) {
            final int nameLength = buffer.getInt(at + 12);
            tell(listener, buffer.getInt(at), buffer.getInt(at + 4), at + HEADER, nameLength);
            at += HEADER + nameLength;
        }
        return true;
    }

    /** Has {@link #await} return false; the descriptors are closed by {@link #close}, after that thread has ended. */
    public void stop() throws IOException {
        stopping = true;
        final ByteBuffer one = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        one.putLong(0, 1);
        if (libc.write(stopper, Kernel.addressOf(one), Long.BYTES) < 0) {
            throw Kernel.failure("waking the thread that waits for inotify events");
        }
    }

    @Override
    public void close() {
        libc.close(descriptor);
        libc.close(stopper);
    }

    private int add(Path path, int mask) throws IOException {
        final int watch = libc.inotify_add_watch(descriptor, path.toString(), mask);
        if (watch < 0) {
            throw Kernel.failure("watching " + path);
        }
        return watch;
    }

    private void tell(Listener listener, int watch, int mask, int nameOffset, int nameLength) {
        if ((mask & IN_Q_OVERFLOW) != 0) {
            listener.onOverflow();
        } else if ((mask & IN_IGNORED) == 0) {
            listener.onEvent(watch, nameLength == 0 ? "" : nameAt(nameOffset, nameLength));
        }
    }

    private String nameAt(int offset, int length) {
        final byte[] name = new byte[length];
        buffer.get(offset, name);
        int end = 0;
        while (end < length && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.UTF_8);
    }

    /** Is told what happened to what is watched. */
    public interface Listener {

        /**
         * Something happened.
         *
         * @param watch the number of the watch
         * @param name of the file in the watched directory; empty for a watched file or the directory itself
         */
        void onEvent(int watch, String name);

        /** More happened than the kernel remembers: anything may have. */
        void onOverflow();
    }
}
