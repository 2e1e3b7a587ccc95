package org.ipspipeline.ips.source.syslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.ipspipeline.ips.source.kernel.UnixDatagramSocket;
import org.ipspipeline.ips.source.stream.Feeder;
import org.ipspipeline.ips.source.stream.LineCollector;

/** Receives messages at a Unix datagram socket. When the pipeline is behind, it stops reading, and senders wait. */
final class UnixDatagramFeeder implements Feeder {

    private static final int LARGEST_DATAGRAM = 256 * 1024;

    private final UnixDatagramSocket socket;
    private final LineCollector lines;
    private final SyslogMessage messages;
    private final Path path;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final byte[] bytes = new byte[LARGEST_DATAGRAM];

    UnixDatagramFeeder(Path path, LineCollector lines, SyslogMessage messages) throws IOException {
        this.path = path;
        this.socket = UnixDatagramSocket.bind(path);
        this.lines = lines;
        this.messages = messages;
    }

    @Override
    public void feed() throws IOException, InterruptedException {
        try {
            while (socket.await()) {
                int size = socket.receive(datagram);
                while (size >= 0) {
                    datagram.get(0, bytes, 0, size);
                    messages.take(bytes, size);
                    size = socket.receive(datagram);
                }
                lines.flush();
            }
        } finally {
            socket.close();
        }
    }

    @Override
    public String state() {
        return "receiving at " + path;
    }

    @Override
    public void close() throws IOException {
        socket.stop();
    }
}
