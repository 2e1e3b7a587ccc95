package org.ipspipeline.loadgen.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.MessageBatch;
import org.ipspipeline.loadgen.net.NativeSocket;
import org.ipspipeline.loadgen.net.SocketAddress;
import org.ipspipeline.loadgen.net.SocketOption;
import org.ipspipeline.loadgen.net.SystemCallException;

/** A port on {@code recvmmsg} and {@code sendmmsg}: two system calls a batch, no allocation. */
final class NativePort implements RequestPort {

    /** Only the first byte counts; the rest of a longer payload is cut off by the kernel. */
    private static final int PAYLOAD_BYTES = 8;

    private final NativeSocket socket;
    private final int receiveBufferBytes;
    private final MessageBatch requests = new MessageBatch(BATCH, PAYLOAD_BYTES, 0);
    private final ByteBuffer requestMemory = requests.memory();
    private final MessageBatch answers = new MessageBatch(BATCH, 1, 0);
    private final ByteBuffer answerMemory = answers.memory();
    private int answerCount;

    private NativePort(NativeSocket socket, int receiveBufferBytes) {
        this.socket = socket;
        this.receiveBufferBytes = receiveBufferBytes;
        requests.expectNames();
    }

    /**
     * Opens a port that shares its number with other ports of the process.
     *
     * @param address to listen on; {@code ::} means every address of both families
     * @param port its number, 0 for any free one
     * @param receiveBufferBytes of the queue, halved by nothing: what the kernel grants is told by {@link #receiveBufferBytes}
     * @return the port, bound
     * @throws IOException when the kernel refuses
     */
    static NativePort open(Address address, int port, int receiveBufferBytes) throws IOException {
        NativeSocket socket = udp(address);
        try {
            if (!address.isIpv4()) {
                socket.set(SocketOption.IPV6_V6ONLY, 0);
            }
            socket.set(SocketOption.SO_REUSEPORT, 1);
            int granted = socket.growReceiveBuffer(receiveBufferBytes);
            socket.setReceiveTimeout(Duration.ofMillis(WAIT_MILLIS));
            socket.bind(address.family(), address, port);
            return new NativePort(socket, granted);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    private static NativeSocket udp(Address address) throws SystemCallException {
        return NativeSocket.udp(address.family());
    }

    /** Lets the second payload byte choose among the ports that share this one's number, which are all open by now. */
    void steer(int ports) throws IOException {
        socket.spreadByPayload(1, ports);
    }

    /** The number that the kernel chose where 0 was asked for. */
    int number() throws IOException {
        return socket.localPort();
    }

    @Override
    public int receive() throws IOException {
        return requests.receive(socket);
    }

    @Override
    public int firstByte(int i) {
        return requests.length(i) == 0 ? EMPTY : requestMemory.get(requests.payload(i)) & 0xFF;
    }

    @Override
    public long high(int i) {
        return SocketAddress.high(requestMemory, requests.name(i));
    }

    @Override
    public long low(int i) {
        return SocketAddress.low(requestMemory, requests.name(i));
    }

    @Override
    public void answer(int i, int answer) {
        answers.setPeer(answerCount, requests, i);
        answerMemory.put(answers.payload(answerCount), (byte) answer);
        answerCount++;
    }

    @Override
    public int sendAnswers() {
        int sent = answers.sendAll(socket, answerCount);
        answerCount = 0;
        return sent;
    }

    @Override
    public long queueDrops() throws IOException {
        return socket.queueDrops();
    }

    @Override
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
