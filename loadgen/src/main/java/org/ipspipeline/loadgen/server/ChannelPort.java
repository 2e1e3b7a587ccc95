package org.ipspipeline.loadgen.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.ipspipeline.loadgen.net.Address;

/**
 * A port on the JDK's {@link DatagramChannel}, for machines without native calls: a system call and an allocation a request.
 */
final class ChannelPort implements RequestPort {

    private final DatagramChannel channel;
    private final Selector selector;
    private final int receiveBufferBytes;
    private final ByteBuffer payload = ByteBuffer.allocateDirect(8);
    private final int[] firstBytes = new int[BATCH];
    private final Address[] clients = new Address[BATCH];
    private final SocketAddress[] peers = new SocketAddress[BATCH];
    private final int[] answered = new int[BATCH];
    private final byte[] answers = new byte[BATCH];
    private int answerCount;

    private ChannelPort(DatagramChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        receiveBufferBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    /** As {@link NativePort#open}; the queue is bounded by {@code net.core.rmem_max}. */
    static ChannelPort open(Address address, int port, int receiveBufferBytes) throws IOException {
        InetAddress local = address.toInetAddress();
        DatagramChannel channel = DatagramChannel.open(
                local instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            channel.bind(new InetSocketAddress(local, port));
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new ChannelPort(channel, selector);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    int number() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public int receive() throws IOException {
        int received = receiveNow();
        if (received == 0) {
            selector.select(WAIT_MILLIS);
            selector.selectedKeys().clear();
            received = receiveNow();
        }
        return received;
    }

    private int receiveNow() throws IOException {
        int received = 0;
        while (received < BATCH) {
            payload.clear();
            SocketAddress peer = channel.receive(payload);
            if (peer == null) {
                break;
            }
            firstBytes[received] = payload.position() == 0 ? EMPTY : payload.get(0) & 0xFF;
            peers[received] = peer;
            clients[received] = Address.of(((InetSocketAddress) peer).getAddress());
            received++;
        }
        return received;
    }

    @Override
    public int firstByte(int i) {
        return firstBytes[i];
    }

    @Override
    public long high(int i) {
        return clients[i].high();
    }

    @Override
    public long low(int i) {
        return clients[i].low();
    }

    @Override
    public void answer(int i, int answer) {
        answered[answerCount] = i;
        answers[answerCount++] = (byte) answer;
    }

    @Override
    public int sendAnswers() {
        int sent = 0;
        for (int i = 0; i < answerCount; i++) {
            sent += send(answers[i], peers[answered[i]]);
        }
        answerCount = 0;
        return sent;
    }

    private int send(byte answer, SocketAddress peer) {
        payload.clear().put(answer).flip();
        try {
            return channel.send(payload, peer);
        } catch (IOException unreachable) {
            // The caller sees it in the count; the other clients get their answers.
            return 0;
        }
    }

    @Override
    public long queueDrops() {
        return -1;
    }

    @Override
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
