package org.ipspipeline.ips.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A channel as lines of bounded length. For one thread. */
final class ControlLines {

    private static final int CHUNK = 8192;

    private final SocketChannel channel;
    private final int limit;

    /** What has come and was not returned yet, from 0 to the position. */
    private ByteBuffer pending = ByteBuffer.allocate(CHUNK);

    /**
     * @param channel blocking
     * @param limit bytes that a line may have
     */
    ControlLines(SocketChannel channel, int limit) {
        this.channel = channel;
        this.limit = limit;
    }

    void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Waits for a line.
     *
     * @return without its end; null if the other side ended before one
     * @throws IOException also for a line that is too long
     */
    @Nullable
    String read() throws IOException {
        int looked = 0;
        while (true) {
            for (int i = looked; i < pending.position(); i++) {
                if (pending.get(i) == '\n') {
                    String line = new String(pending.array(), 0, i, StandardCharsets.UTF_8);
                    pending.flip().position(i + 1);
                    pending.compact();
                    return line;
                }
            }
            looked = pending.position();
            if (looked > limit) {
                throw new IOException("a line of more than " + limit + " bytes");
            }
            if (!pending.hasRemaining()) {
                pending = ByteBuffer.allocate(pending.capacity() * 2).put(pending.flip());
            }
            if (channel.read(pending) < 0) {
                return null;
            }
        }
    }
}
