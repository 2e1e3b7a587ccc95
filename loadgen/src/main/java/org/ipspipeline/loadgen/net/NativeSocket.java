package org.ipspipeline.loadgen.net;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A socket of the operating system. One thread uses it at a time; any thread may close it. */
public final class NativeSocket implements Closeable {

    static final int DATAGRAM = 2;
    static final int RAW = 3;
    static final int CLOSE_ON_EXEC = 0x80000;
    static final int PACKET_FAMILY = 17;
    static final int NETLINK_FAMILY = 16;

    private static final int DO_NOT_WAIT = 0x40;
    private static final int EMPTY = 256;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_MEMINFO = 55;
    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    private static final int MEMINFO_WORDS = 9;
    private static final int MEMINFO_DROPS = 8;

    private final LibC library;
    private final int descriptor;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ByteBuffer scratch = SystemCalls.allocate(64);
    private final long scratchAddress = SystemCalls.addressOf(scratch);

    private NativeSocket(LibC library, int descriptor) {
        this.library = library;
        this.descriptor = descriptor;
    }

    /**
     * Tells whether this JVM can use native sockets.
     *
     * @return null when it can, otherwise the reason why not
     */
    public static @Nullable String whyUnavailable() {
        return SystemCalls.whyUnavailable();
    }

    /**
     * Opens a UDP socket.
     *
     * @param family {@link SocketAddress#IPV4} or {@link SocketAddress#IPV6}
     * @return the socket, unbound
     * @throws SystemCallException when the kernel refuses
     */
    public static NativeSocket udp(int family) throws SystemCallException {
        return open(family, DATAGRAM, 0);
    }

    static NativeSocket open(int family, int type, int protocol) throws SystemCallException {
        LibC library = SystemCalls.library();
        int descriptor = library.socket(family, type | CLOSE_ON_EXEC, protocol);
        if (descriptor < 0) {
            throw SystemCalls.failure("socket");
        }
        return new NativeSocket(library, descriptor);
    }

    /**
     * Sets an option.
     *
     * @param option which
     * @param value its new value
     * @throws SystemCallException when the kernel refuses
     */
    public void set(SocketOption option, int value) throws SystemCallException {
        if (!trySet(option, value)) {
            throw SystemCalls.failure("setsockopt " + option);
        }
    }

    /**
     * Sets an option that may be refused.
     *
     * @param option which
     * @param value its new value
     * @return whether the kernel took it
     */
    public boolean trySet(SocketOption option, int value) {
        scratch.putInt(0, value);
        return library.setsockopt(descriptor, option.level, option.number, scratchAddress, Integer.BYTES) == 0;
    }

    /**
     * Reads an option.
     *
     * @param option which
     * @return its value as the kernel has it
     * @throws SystemCallException when the kernel refuses
     */
    public int get(SocketOption option) throws SystemCallException {
        scratch.putInt(0, 0).putInt(Long.BYTES, Integer.BYTES);
        if (library.getsockopt(descriptor, option.level, option.number, scratchAddress, scratchAddress + Long.BYTES)
                != 0) {
            throw SystemCalls.failure("getsockopt " + option);
        }
        return scratch.getInt(0);
    }

    /**
     * Asks for a receive queue of a size: past the system's limit where privileges allow, up to it otherwise.
     *
     * @param bytes wanted
     * @return the bytes that the kernel accounts for, which is twice what it granted
     * @throws SystemCallException when the kernel refuses
     */
    public int growReceiveBuffer(int bytes) throws SystemCallException {
        if (!trySet(SocketOption.SO_RCVBUFFORCE, bytes)) {
            set(SocketOption.SO_RCVBUF, bytes);
        }
        return get(SocketOption.SO_RCVBUF);
    }

    /**
     * Asks for a send queue of a size: past the system's limit where privileges allow, up to it otherwise.
     *
     * @param bytes wanted
     * @throws SystemCallException when the kernel refuses
     */
    public void growSendBuffer(int bytes) throws SystemCallException {
        if (!trySet(SocketOption.SO_SNDBUFFORCE, bytes)) {
            set(SocketOption.SO_SNDBUF, bytes);
        }
    }

    /**
     * Bounds how long a receiving call waits.
     *
     * @param timeout after which it returns without a message
     * @throws SystemCallException when the kernel refuses
     */
    public void setReceiveTimeout(Duration timeout) throws SystemCallException {
        scratch.putLong(0, timeout.toSeconds()).putLong(Long.BYTES, timeout.toNanosPart() / 1000);
        if (library.setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, scratchAddress, 2 * Long.BYTES) != 0) {
            throw SystemCalls.failure("setsockopt SO_RCVTIMEO");
        }
    }

    /**
     * Makes a byte of the payload choose among the sockets that share this one's port: its value modulo their number. Datagrams
     * without that byte are spread by the kernel's own hash.
     *
     * @param offset of the byte in the payload
     * @param sockets how many there are
     * @throws SystemCallException when the kernel refuses
     */
    public void spreadByPayload(int offset, int sockets) throws SystemCallException {
        ByteBuffer program = SpreadingProgram.of(offset, sockets);
        try {
            scratch.putLong(0, program.capacity() / SpreadingProgram.INSTRUCTION_BYTES)
                    .putLong(Long.BYTES, SystemCalls.addressOf(program));
            if (library.setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, scratchAddress, 2 * Long.BYTES)
                    != 0) {
                throw SystemCalls.failure("setsockopt SO_ATTACH_REUSEPORT_CBPF");
            }
        } finally {
            // The kernel reads the program during the call.
            Reference.reachabilityFence(program);
        }
    }

    /**
     * Binds the socket.
     *
     * @param family the socket's
     * @param address of its own
     * @param port 0 for any free one
     * @throws SystemCallException when the kernel refuses
     */
    public void bind(int family, Address address, int port) throws SystemCallException {
        int length = SocketAddress.write(scratch, 0, family, address.high(), address.low(), port, 0);
        bindTo(length);
    }

    /** Binds to what stands in a socket address of another family. */
    void bind(ByteBuffer socketAddress) throws SystemCallException {
        scratch.put(0, socketAddress, 0, socketAddress.limit());
        bindTo(socketAddress.limit());
    }

    private void bindTo(int length) throws SystemCallException {
        if (library.bind(descriptor, scratchAddress, length) != 0) {
            throw SystemCalls.failure("bind");
        }
    }

    /**
     * Connects the socket: it then sends to and receives from one peer.
     *
     * @param family the socket's
     * @param address of the peer
     * @param port of the peer
     * @throws SystemCallException when the kernel refuses, for want of a route for example
     */
    public void connect(int family, Address address, int port) throws SystemCallException {
        int length = SocketAddress.write(scratch, 0, family, address.high(), address.low(), port, 0);
        if (library.connect(descriptor, scratchAddress, length) != 0) {
            throw SystemCalls.failure("connect");
        }
    }

    /**
     * The port that the socket is bound to.
     *
     * @return the port, in the host's order
     * @throws SystemCallException when the kernel refuses
     */
    public int localPort() throws SystemCallException {
        readOwnAddress();
        return SocketAddress.port(scratch, 0);
    }

    /**
     * The address that the socket is bound to; after {@link #connect}, the one the kernel chose.
     *
     * @return the address
     * @throws SystemCallException when the kernel refuses
     */
    public Address localAddress() throws SystemCallException {
        readOwnAddress();
        return new Address(SocketAddress.high(scratch, 0), SocketAddress.low(scratch, 0));
    }

    private void readOwnAddress() throws SystemCallException {
        int lengthAt = MessageLayout.NAME_BYTES;
        scratch.putInt(lengthAt, MessageLayout.NAME_BYTES);
        if (library.getsockname(descriptor, scratchAddress, scratchAddress + lengthAt) != 0) {
            throw SystemCalls.failure("getsockname");
        }
    }

    /**
     * Messages that the kernel threw away because the receive queue was full, since the socket exists.
     *
     * @return the count modulo 2^32, as the kernel keeps it
     * @throws SystemCallException when the kernel refuses
     */
    public long queueDrops() throws SystemCallException {
        int lengthAt = MEMINFO_WORDS * Integer.BYTES + Integer.BYTES;
        scratch.putInt(lengthAt, MEMINFO_WORDS * Integer.BYTES);
        if (library.getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, scratchAddress, scratchAddress + lengthAt) != 0) {
            throw SystemCalls.failure("getsockopt SO_MEMINFO");
        }
        return Integer.toUnsignedLong(scratch.getInt(MEMINFO_DROPS * Integer.BYTES));
    }

    /**
     * Sends one byte from a connected socket.
     *
     * @param value the byte, of which the lowest eight bits count
     * @return 1, or the negative {@code errno}
     */
    public int sendByte(int value) {
        scratch.put(0, (byte) value);
        return library.send(descriptor, scratchAddress, 1, DO_NOT_WAIT) == 1 ? 1 : -SystemCalls.lastError();
    }

    /**
     * Takes the first byte of a datagram, without waiting.
     *
     * @return the byte, 0 to 255; 256 for an empty datagram; the negative {@code errno} when there is none
     */
    public int receiveByte() {
        long received = library.recv(descriptor, scratchAddress, Long.BYTES, DO_NOT_WAIT);
        if (received < 0) {
            return -SystemCalls.lastError();
        }
        return received == 0 ? EMPTY : scratch.get(0) & 0xFF;
    }

    int descriptor() {
        return descriptor;
    }

    LibC library() {
        return library;
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true) && library.close(descriptor) != 0) {
            throw SystemCalls.failure("close");
        }
    }
}
