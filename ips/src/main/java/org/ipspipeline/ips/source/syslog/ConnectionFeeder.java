package org.ipspipeline.ips.source.syslog;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.stream.Feeder;
import org.ipspipeline.ips.source.stream.LineCollector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives messages at a TCP port. When the pipeline is behind, it stops reading, and senders wait. */
final class ConnectionFeeder implements Feeder {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFeeder.class);
    private static final int MOST_CONNECTIONS = 1000;
    private static final int BUFFER = 64 * 1024;

    private final ServerSocketChannel listening;
    private final Selector selector;
    private final LineCollector lines;
    private final SyslogMessage messages;
    private final SourceMeter meter;
    private final int maxMessageLength;
    private final int port;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER);
    private volatile boolean closed;

    ConnectionFeeder(
            InetSocketAddress address,
            LineCollector lines,
            SyslogMessage messages,
            SourceMeter meter,
            int maxMessageLength)
            throws IOException {
        this.lines = lines;
        this.messages = messages;
        this.meter = meter;
        this.maxMessageLength = maxMessageLength;
        this.listening = ServerSocketChannel.open();
        try {
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(address);
            listening.configureBlocking(false);
            this.selector = Selector.open();
            listening.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException e) {
            listening.close();
            throw e;
        }
        this.port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
    }

    @Override
    public void feed() throws IOException, InterruptedException {
        while (!closed) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.attachment() instanceof MessageFraming framing) {
                    read(key, framing);
                } else {
                    accept();
                }
            }
            selector.selectedKeys().clear();
            lines.flush();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    @Override
    public String state() {
        return "listening at TCP port " + port + ", "
                + Math.max(0, selector.isOpen() ? selector.keys().size() - 1 : 0) + " connections";
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void accept() throws IOException {
        final SocketChannel connection = listening.accept();
        if (connection == null) {
            return;
        }
        if (selector.keys().size() > MOST_CONNECTIONS) {
            LOG.warn("TCP port {}: closed a connection, as there are {} already", port, MOST_CONNECTIONS);
            connection.close();
            return;
        }
        connection.configureBlocking(false);
        connection.register(selector, SelectionKey.OP_READ, new MessageFraming(messages, meter, maxMessageLength));
    }

    private void read(SelectionKey key, MessageFraming framing) throws InterruptedException {
        final SelectableChannel channel = key.channel();
        try {
            if (channel instanceof SocketChannel connection && !readOnce(connection, framing)) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("TCP port {}: a connection broke", port, e);
            meter.lost(LossReason.INTERRUPTED, 0, 0);
            closeQuietly(channel);
        }
    }

    private boolean readOnce(SocketChannel connection, MessageFraming framing)
            throws IOException, InterruptedException {
        received.clear();
        final int got = connection.read(received);
        if (got < 0) {
            framing.end();
            return false;
        }
        if (!framing.take(received.flip())) {
            LOG.warn(
                    "TCP port {}: closed a connection from {}, as it does not speak syslog: it gave a length of more than"
                            + " a million bytes",
                    port,
                    connection.getRemoteAddress());
            return false;
        }
        return true;
    }

    private static void closeQuietly(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }
}
