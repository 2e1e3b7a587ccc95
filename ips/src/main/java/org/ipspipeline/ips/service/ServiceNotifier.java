package org.ipspipeline.ips.service;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is (sd_notify(3)): a datagram to the socket that {@code $NOTIFY_SOCKET} names. Without that
 * variable it tells nobody. What cannot be told is logged once; the service goes on.
 */
public final class ServiceNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifier.class);
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int LONGEST_PATH = 108;

    private final @Nullable String socket;
    private final long watchdogMicros;
    private boolean failed;

    private ServiceNotifier(@Nullable String socket, long watchdogMicros) {
        this.socket = socket;
        this.watchdogMicros = watchdogMicros;
    }

    /**
     * As the environment says.
     *
     * @param environment the process's
     * @return for the process's life
     */
    public static ServiceNotifier of(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        boolean watched = pid.isEmpty()
                || pid.equals(Long.toString(ProcessHandle.current().pid()));
        return new ServiceNotifier(
                environment.get("NOTIFY_SOCKET"), watched ? number(environment.getOrDefault("WATCHDOG_USEC", "0")) : 0);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            LOG.warn("WATCHDOG_USEC is '{}', which is no number: the watchdog is not fed", text);
            return 0;
        }
    }

    /** {@return how often systemd wants to hear that all is well, in microseconds; 0 for never} */
    public long watchdogMicros() {
        return socket == null ? 0 : watchdogMicros;
    }

    /**
     * The service has started, or has reloaded.
     *
     * @param status one line for people
     */
    public void ready(String status) {
        tell("READY=1\nSTATUS=" + status);
    }

    /** The service begins to reload. */
    public void reloading() {
        tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    /** The service begins to end. */
    public void stopping() {
        tell("STOPPING=1");
    }

    /** All is well. */
    public void alive() {
        tell("WATCHDOG=1");
    }

    private synchronized void tell(String message) {
        if (socket == null || socket.length() < 2) {
            return;
        }
        try {
            send(socket, message.getBytes(StandardCharsets.UTF_8));
        } catch (LinkageError | RuntimeException failure) {
            if (!failed) {
                failed = true;
                LOG.warn("systemd cannot be told how the service is: {}", failure.toString());
            }
        }
    }

    private static void send(String path, byte[] message) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH - 1) {
            throw new IllegalArgumentException("NOTIFY_SOCKET is longer than a socket's name can be: " + path);
        }
        if (name[0] == '@') {
            // The abstract name space.
            name[0] = 0;
        }
        boolean isFile = name[0] != 0;
        ByteBuffer address = ByteBuffer.allocate(Short.BYTES + name.length + (isFile ? 1 : 0))
                .order(ByteOrder.nativeOrder());
        address.putShort((short) AF_UNIX).put(name);
        DatagramCalls calls = Loaded.CALLS;
        int descriptor = calls.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            throw new IllegalStateException("no socket can be had");
        }
        try {
            long sent = calls.sendto(
                    descriptor, message, message.length, MSG_NOSIGNAL, address.array(), address.capacity());
            if (sent != message.length) {
                throw new IllegalStateException(path + " does not take it");
            }
        } finally {
            calls.close(descriptor);
        }
    }

    /** Loads the library when it is first needed. */
    private static final class Loaded {
        private static final DatagramCalls CALLS =
                LibraryLoader.create(DatagramCalls.class).load("c");
    }
}
