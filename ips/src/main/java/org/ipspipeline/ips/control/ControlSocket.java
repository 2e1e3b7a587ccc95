package org.ipspipeline.ips.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Unix-domain socket on which a daemon takes commands. Its file has mode 0600 from its first moment: only the daemon's own
 * user, and root, can command it.
 */
public final class ControlSocket implements AutoCloseable {

    /** Where it is if nobody says otherwise. */
    public static final Path DEFAULT_PATH = Path.of("/run/ips-pipeline.sock");

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final int MOST_CLIENTS = 32;
    private static final int LONGEST_REQUEST = 1 << 20;

    /** How long an answer that is being given is waited for in the end: the one to {@code stop} is. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private static final long LOOK_NANOS = 1_000_000;

    private final Path path;
    private final Commands commands;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MOST_CLIENTS);
    private final AtomicInteger answering = new AtomicInteger();

    private ControlSocket(Path path, Commands commands, ServerSocketChannel server) {
        this.path = path;
        this.commands = commands;
        this.server = server;
        thread("ips-control", this::accept);
    }

    /**
     * Opens a socket.
     *
     * @param path its file; one that a dead daemon has left is replaced
     * @param commands does what is asked for; by several threads at once
     * @return takes commands until it is closed
     * @throws IOException with one line, if there cannot be a socket, or another daemon answers there
     */
    public static ControlSocket open(Path path, Commands commands) throws IOException {
        Path absolute = path.toAbsolutePath();
        if (isAlive(absolute)) {
            throw new IOException(path + ": another daemon answers there; end it, or choose another --socket");
        }
        try {
            return new ControlSocket(absolute, commands, bind(absolute));
        } catch (FileSystemException refused) {
            String reason = refused.getReason();
            throw new IOException(
                    path + ": no control socket can be made there"
                            + (reason == null ? " (" + refused.getClass().getSimpleName() + ")" : ": " + reason)
                            + "; choose another --socket",
                    refused);
        } catch (IllegalArgumentException | java.net.SocketException refused) {
            throw new IOException(
                    path + ": no control socket can be made there: " + refused.getMessage()
                            + "; choose another --socket",
                    refused);
        }
    }

    private static boolean isAlive(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (IOException dead) {
            return false;
        }
    }

    /** Made in a directory that nobody else can enter, and moved to its place once its mode is right. */
    private static ServerSocketChannel bind(Path path) throws IOException {
        Path directory = path.getParent();
        Path hidden = Files.createTempDirectory(directory == null ? Path.of("/") : directory, ".ips");
        Path made = hidden.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(made));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return server;
        } catch (IOException | RuntimeException failure) {
            server.close();
            Files.deleteIfExists(made);
            throw failure;
        } finally {
            Files.deleteIfExists(hidden);
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                room.acquire();
                clients.add(client);
                thread("ips-control-client", () -> serve(client));
            } catch (ClosedChannelException end) {
                return;
            } catch (IOException failure) {
                LOG.warn("{}: a client could not be let in: {}", path, failure.getMessage());
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            ControlLines lines = new ControlLines(client, LONGEST_REQUEST);
            for (String line = lines.read(); line != null; line = lines.read()) {
                answering.incrementAndGet();
                try {
                    lines.write(answer(line));
                } finally {
                    answering.decrementAndGet();
                }
            }
        } catch (AsynchronousCloseException end) {
            LOG.debug("closed while a client was there");
        } catch (IOException gone) {
            LOG.debug("a client is gone: {}", gone.getMessage());
        } finally {
            clients.remove(client);
            room.release();
        }
    }

    private String answer(String line) throws IOException {
        List<String> command = List.of();
        try {
            command = ControlMessages.command(line);
            @Nullable Object value = commands.execute(command);
            return ControlMessages.answer(value);
        } catch (ControlException refused) {
            return ControlMessages.refusal(refused);
        } catch (RuntimeException failure) {
            LOG.error("the command {} failed", command, failure);
            return ControlMessages.refusal(ControlException.failed("the command failed: " + failure));
        }
    }

    /** Takes no more commands; the file goes. Answers that are being given are, for two seconds at most. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        server.close();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (answering.get() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        for (SocketChannel client : clients) {
            client.close();
        }
    }
}
