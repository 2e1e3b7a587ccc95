package org.ipspipeline.ips.source.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A datagram socket in the file system that everybody may send to, such as {@code /dev/log}. One thread receives; another may
 * stop it.
 */
public final class UnixDatagramSocket implements Closeable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int NON_BLOCKING = 0x800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EAGAIN = 11;
    private static final int EINTR = 4;
    private static final int ADDRESS_SIZE = 110;
    private static final int LONGEST_PATH = 107;
    private static final int QUEUE_BYTES = 4 << 20;
    private static final short POLLIN = 1;
    private static final int POLLFD = 8;
    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_SOCKET = 0140000;

    private final LibC libc;
    private final Path path;
    private final int descriptor;
    private final int stopper;
    private final ByteBuffer pollSet = ByteBuffer.allocateDirect(2 * POLLFD).order(ByteOrder.nativeOrder());
    private volatile boolean stopping;
    private boolean released;

    private UnixDatagramSocket(LibC libc, Path path, int descriptor, int stopper) {
        this.libc = libc;
        this.path = path;
        this.descriptor = descriptor;
        this.stopper = stopper;
    }

    /**
     * Makes a socket. One that a dead process has left behind is replaced.
     *
     * @param path where
     * @throws IOException if another process receives there, or something else is there, or it may not be made
     */
    public static UnixDatagramSocket bind(Path path) throws IOException {
        final LibC libc = Kernel.libc();
        final ByteBuffer address = address(path);
        final int descriptor = libc.socket(AF_UNIX, SOCK_DGRAM | CLOSE_ON_EXEC | NON_BLOCKING, 0);
        if (descriptor < 0) {
            throw Kernel.failure("making a Unix socket");
        }
        try {
            removeStale(libc, path, address);
            if (libc.bind(descriptor, Kernel.addressOf(address), ADDRESS_SIZE) < 0) {
                throw Kernel.failure("making the socket");
            }
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            final ByteBuffer size = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
            size.putInt(0, QUEUE_BYTES);
            libc.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, Kernel.addressOf(size), Integer.BYTES);
            final int stopper = libc.eventfd(0, CLOSE_ON_EXEC);
            if (stopper < 0) {
                throw Kernel.failure("eventfd");
            }
            return new UnixDatagramSocket(libc, path, descriptor, stopper);
        } catch (IOException e) {
            libc.close(descriptor);
            throw e;
        }
    }

    /**
     * Waits until there is a datagram.
     *
     * @return false once this was stopped
     */
    public boolean await() throws IOException {
        pollSet.putInt(0, descriptor).putShort(4, POLLIN).putShort(6, (short) 0);
        pollSet.putInt(POLLFD, stopper).putShort(POLLFD + 4, POLLIN).putShort(POLLFD + 6, (short) 0);
        libc.poll(Kernel.addressOf(pollSet), 2, -1);
        return !stopping;
    }

    /**
     * Takes a datagram, and does not wait for one.
     *
     * @param into gets it from its first byte on; what is longer is cut
     * @return its bytes; -1 if there is none
     */
    public int receive(ByteBuffer into) throws IOException {
        final long got = libc.recv(descriptor, Kernel.addressOf(into), into.capacity(), MSG_DONTWAIT);
        if (got < 0) {
            final int error = Kernel.errno();
            if (error == EAGAIN || error == EINTR) {
                return -1;
            }
            throw Kernel.failure("receiving");
        }
        return (int) got;
    }

    /** Has {@link #await} return false. */
    public synchronized void stop() throws IOException {
        stopping = true;
        if (released) {
            return;
        }
        final ByteBuffer one = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        one.putLong(0, 1);
        if (libc.write(stopper, Kernel.addressOf(one), Long.BYTES) < 0) {
            throw Kernel.failure("waking the thread that waits for datagrams");
        }
    }

    /** Takes the socket away; after the thread that receives has ended. */
    @Override
    public synchronized void close() throws IOException {
        if (released) {
            return;
        }
        released = true;
        libc.close(descriptor);
        libc.close(stopper);
        Files.deleteIfExists(path);
    }

    private static ByteBuffer address(Path path) throws IOException {
        final byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IOException("the path of a socket may have " + LONGEST_PATH + " bytes");
        }
        final ByteBuffer address = ByteBuffer.allocateDirect(ADDRESS_SIZE).order(ByteOrder.nativeOrder());
        address.putShort(0, (short) AF_UNIX).put(2, name);
        return address;
    }

    private static void removeStale(LibC libc, Path path, ByteBuffer address) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!(Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode)
                || (mode & TYPE_MASK) != TYPE_SOCKET) {
            throw new IOException("something that is no socket is there");
        }
        final int probe = libc.socket(AF_UNIX, SOCK_DGRAM | CLOSE_ON_EXEC, 0);
        final int connected = libc.connect(probe, Kernel.addressOf(address), ADDRESS_SIZE);
        libc.close(probe);
        if (connected == 0) {
            throw new IOException("another program receives there");
        }
        Files.delete(path);
    }
}
