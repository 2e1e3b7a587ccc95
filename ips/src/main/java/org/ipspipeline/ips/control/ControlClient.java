package org.ipspipeline.ips.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands a daemon through its socket. For one thread. */
public final class ControlClient implements AutoCloseable {

    private static final int LONGEST_ANSWER = 1 << 30;

    private final SocketChannel channel;
    private final ControlLines lines;

    /**
     * Connects.
     *
     * @param socket the daemon's
     * @throws IOException if no daemon answers there, or it is not for this user
     */
    public ControlClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        lines = new ControlLines(channel, LONGEST_ANSWER);
    }

    /**
     * Has a command carried out.
     *
     * @param command its words
     * @return the value of the answer: a text, a number, a truth value, a list, a map with texts as keys, or null
     * @throws ControlException if the daemon refuses
     * @throws IOException if it is gone
     */
    public @Nullable Object ask(List<String> command) throws IOException {
        lines.write(ControlMessages.request(command));
        String answer = lines.read();
        if (answer == null) {
            throw new IOException("the daemon ended before it answered");
        }
        return ControlMessages.value(answer);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
