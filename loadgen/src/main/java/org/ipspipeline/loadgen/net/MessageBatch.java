package org.ipspipeline.loadgen.net;

import java.nio.ByteBuffer;

/**
 * A fixed number of datagrams in one direct buffer, received or sent with one system call. Message {@code i} has a name (the
 * peer's socket address), a payload and perhaps control data, at offsets of {@link #memory()} that never change. One thread
 * uses it at a time; no call allocates.
 */
public final class MessageBatch {

    private static final int WAIT_FOR_ONE = 0x10000;
    private static final int DO_NOT_WAIT = 0x40;

    private final int capacity;
    private final int payloadBytes;
    private final int controlBytes;
    private final int names;
    private final int vectors;
    private final int controls;
    private final int payloads;
    private final ByteBuffer memory;
    private final long address;

    /**
     * Lays out empty messages.
     *
     * @param capacity datagrams
     * @param payloadBytes room for each payload
     * @param controlBytes room for each message's control data, 0 for none
     */
    public MessageBatch(int capacity, int payloadBytes, int controlBytes) {
        this.capacity = capacity;
        this.payloadBytes = roundedUp(payloadBytes);
        this.controlBytes = roundedUp(controlBytes);
        vectors = capacity * MessageLayout.HEADER_BYTES;
        names = vectors + capacity * MessageLayout.VECTOR_BYTES;
        controls = names + capacity * MessageLayout.NAME_BYTES;
        payloads = controls + capacity * this.controlBytes;
        memory = SystemCalls.allocate(payloads + capacity * this.payloadBytes);
        address = SystemCalls.addressOf(memory);
        for (int i = 0; i < capacity; i++) {
            int header = header(i);
            int vector = vectors + i * MessageLayout.VECTOR_BYTES;
            memory.putLong(header + MessageLayout.VECTOR, address + vector);
            memory.putLong(header + MessageLayout.VECTOR_COUNT, 1);
            memory.putLong(vector + MessageLayout.VECTOR_BASE, address + payload(i));
            memory.putLong(vector + MessageLayout.VECTOR_LENGTH, payloadBytes);
            setNameLength(i, SocketAddress.IPV6_BYTES);
            if (controlBytes > 0) {
                memory.putLong(header + MessageLayout.CONTROL, address + control(i));
                memory.putLong(header + MessageLayout.CONTROL_LENGTH, controlBytes);
            }
        }
    }

    private static int roundedUp(int bytes) {
        return (bytes + Long.BYTES - 1) & -Long.BYTES;
    }

    private static int header(int i) {
        return i * MessageLayout.HEADER_BYTES;
    }

    /** {@return how many datagrams the batch holds} */
    public int capacity() {
        return capacity;
    }

    /** {@return the buffer that holds everything, in the machine's order} */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * {@return where the peer's socket address lies: 32 bytes of room}
     *
     * @param i a message
     */
    public int name(int i) {
        return names + i * MessageLayout.NAME_BYTES;
    }

    /**
     * {@return where its payload lies}
     *
     * @param i a message
     */
    public int payload(int i) {
        return payloads + i * payloadBytes;
    }

    /**
     * {@return where its control data lies}
     *
     * @param i a message
     */
    public int control(int i) {
        return controls + i * controlBytes;
    }

    /**
     * {@return the bytes of its payload}
     *
     * @param i a message received
     */
    public int length(int i) {
        return memory.getInt(header(i) + MessageLayout.LENGTH);
    }

    /**
     * Sets how many bytes of payload a message to be sent has.
     *
     * @param i a message
     * @param bytes up to the room there is
     */
    public void setPayloadLength(int i, int bytes) {
        memory.putLong(vectors + i * MessageLayout.VECTOR_BYTES + MessageLayout.VECTOR_LENGTH, bytes);
    }

    /**
     * Names the peer of a message to be sent: a {@link SocketAddress} written at {@link #name}.
     *
     * @param i a message
     * @param family that of the socket
     * @param peer the address
     * @param port of the peer
     */
    public void setPeer(int i, int family, Address peer, int port) {
        setNameLength(i, SocketAddress.write(memory, name(i), family, peer.high(), peer.low(), port, 0));
        memory.putLong(header(i) + MessageLayout.NAME, address + name(i));
    }

    /** Gives a message no peer: the socket is connected. */
    void setNoPeer(int i) {
        memory.putLong(header(i) + MessageLayout.NAME, 0);
        memory.putInt(header(i) + MessageLayout.NAME_LENGTH, 0);
    }

    /**
     * Makes a message go to the sender of a message of another batch, without copying its name.
     *
     * @param i a message of this batch
     * @param received the other batch, which must hold that message until this one is sent
     * @param j a message of it
     */
    public void setPeer(int i, MessageBatch received, int j) {
        memory.putLong(header(i) + MessageLayout.NAME, received.address + received.name(j));
        setNameLength(i, received.memory.getInt(header(j) + MessageLayout.NAME_LENGTH));
    }

    private void setNameLength(int i, int bytes) {
        memory.putInt(header(i) + MessageLayout.NAME_LENGTH, bytes);
    }

    /** Makes every message tell its sender when it is received. */
    public void expectNames() {
        for (int i = 0; i < capacity; i++) {
            memory.putLong(header(i) + MessageLayout.NAME, address + name(i));
            setNameLength(i, MessageLayout.NAME_BYTES);
        }
    }

    /**
     * Receives what is there: waits for the first datagram as long as the socket's timeout allows, takes those behind it without
     * waiting.
     *
     * @param socket receives
     * @return how many messages, 0 when none came in time or a signal interrupted the call
     * @throws SystemCallException when the kernel reports anything else
     */
    public int receive(NativeSocket socket) throws SystemCallException {
        return receive(socket, WAIT_FOR_ONE);
    }

    /**
     * Receives what is there, without waiting.
     *
     * @param socket receives
     * @return how many messages, perhaps 0
     * @throws SystemCallException when the kernel reports an error
     */
    public int receiveNow(NativeSocket socket) throws SystemCallException {
        return receive(socket, DO_NOT_WAIT);
    }

    private int receive(NativeSocket socket, int flags) throws SystemCallException {
        int received = socket.library().recvmmsg(socket.descriptor(), address, capacity, flags, 0);
        if (received >= 0) {
            return received;
        }
        int error = SystemCalls.lastError();
        if (error == SystemCallException.EAGAIN || error == SystemCallException.EINTR) {
            return 0;
        }
        throw SystemCalls.failure("recvmmsg");
    }

    /**
     * Sends messages; the call may take fewer than given.
     *
     * @param socket sends
     * @param from the first message
     * @param count how many
     * @return how many the kernel took; the negative {@code errno} when it refused the first one
     */
    public int send(NativeSocket socket, int from, int count) {
        int sent = socket.library().sendmmsg(socket.descriptor(), address + header(from), count, 0);
        return sent >= 0 ? sent : -SystemCalls.lastError();
    }

    /**
     * Sends messages one after another, leaving out those that the kernel refuses.
     *
     * @param socket sends
     * @param count the first so many messages
     * @return how many the kernel took
     */
    public int sendAll(NativeSocket socket, int count) {
        int taken = 0;
        int next = 0;
        while (next < count) {
            int sent = send(socket, next, count - next);
            if (sent > 0) {
                taken += sent;
                next += sent;
            } else if (sent != -SystemCallException.EINTR) {
                next++;
            }
        }
        return taken;
    }
}
