package org.ipspipeline.ips.source.syslog;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.stream.Feeder;
import org.ipspipeline.ips.source.stream.LineCollector;

/** Receives messages at a UDP port, one a datagram. */
final class DatagramFeeder implements Feeder {

    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int QUEUE_BYTES = 16 << 20;
    private static final int CHECK_EVERY_MILLIS = 1000;

    private final DatagramChannel channel;
    private final Selector selector;
    private final LineCollector lines;
    private final SyslogMessage messages;
    private final KernelDrops drops;
    private final String state;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final byte[] bytes = new byte[LARGEST_DATAGRAM];
    private volatile boolean closed;

    DatagramFeeder(InetSocketAddress address, LineCollector lines, SyslogMessage messages, SourceMeter meter)
            throws IOException {
        this.lines = lines;
        this.messages = messages;
        this.channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, QUEUE_BYTES);
            channel.bind(address);
            channel.configureBlocking(false);
            this.selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        final int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        this.drops = new KernelDrops(port, meter);
        this.state = "receiving at UDP port " + port + ", with a queue of "
                + channel.getOption(StandardSocketOptions.SO_RCVBUF) / 1024 + " kB";
    }

    @Override
    public void feed() throws IOException, InterruptedException {
        long checkAt = System.nanoTime();
        while (!closed) {
            selector.select(CHECK_EVERY_MILLIS);
            selector.selectedKeys().clear();
            while (receive()) {
                if (System.nanoTime() - checkAt >= 0) {
                    break;
                }
            }
            lines.flush();
            if (System.nanoTime() - checkAt >= 0) {
                drops.check();
                checkAt = System.nanoTime() + CHECK_EVERY_MILLIS * 1_000_000L;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
        selector.close();
    }

    private boolean receive() throws IOException, InterruptedException {
        datagram.clear();
        if (channel.receive(datagram) == null) {
            return false;
        }
        datagram.flip();
        final int size = datagram.remaining();
        datagram.get(bytes, 0, size);
        messages.take(bytes, size);
        return true;
    }
}
