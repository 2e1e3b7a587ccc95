package org.ipspipeline.ips.enforce;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipspipeline.bpf.kernel.NetworkNamespace;
import org.ipspipeline.testing.Machine;
import org.jspecify.annotations.Nullable;

/**
 * A host under protection and its clients, in two network namespaces joined by a veth pair. Clients have the addresses
 * 10.77.0.2 and up and fd77::2 and up, the host has 10.77.0.1 and fd77::1.
 */
public final class VethPair implements AutoCloseable {

    /** The host's interface. */
    public static final String INTERFACE = "host0";

    /** A port that is not the one that is meant where none is said. */
    public static final int OTHER_PORT = 19;

    private static final int PORT = 9;
    private static final String MAC = "02:00:00:00:77:01";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String host = "ipsban" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
    private final String clients = host + "c";
    private @Nullable DatagramSocket server;
    private @Nullable DatagramSocket otherServer;

    /** Makes one, or skips the test without root. */
    public static VethPair create() throws Exception {
        Machine.needsRoot();
        Machine.needsPrograms("ip");
        VethPair pair = new VethPair();
        try {
            pair.setUp();
        } catch (Exception failure) {
            pair.close();
            throw failure;
        }
        return pair;
    }

    private void setUp() throws Exception {
        run("ip", "netns", "add", host);
        run("ip", "netns", "add", clients);
        run(("ip link add " + INTERFACE + " netns " + host + " address " + MAC + " type veth peer name out0 netns "
                        + clients)
                .split(" ", -1));
        ip(host, "addr add 10.77.0.1/24 dev " + INTERFACE);
        ip(host, "addr add fd77::1/64 nodad dev " + INTERFACE);
        for (int i = 2; i <= 4; i++) {
            ip(clients, "addr add 10.77.0." + i + "/24 dev out0");
            ip(clients, "addr add fd77::" + i + "/64 nodad dev out0");
        }
        ip(host, "link set " + INTERFACE + " up");
        ip(clients, "link set out0 up");
        // Known for good: solicitations of banned clients are dropped too, and would keep the others waiting.
        ip(clients, "neigh replace 10.77.0.1 lladdr " + MAC + " dev out0 nud permanent");
        ip(clients, "neigh replace fd77::1 lladdr " + MAC + " dev out0 nud permanent");
        server = inside(() -> new DatagramSocket(new InetSocketAddress("::", PORT)));
        otherServer = inside(() -> new DatagramSocket(new InetSocketAddress("::", OTHER_PORT)));
    }

    /** The host's namespace. */
    public String host() {
        return host;
    }

    /** Does something inside the host's namespace. */
    public <T> T inside(Callable<T> work) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.named(host)) {
            return namespace.call(work);
        }
    }

    /** Whether a packet from a client's address arrives at the host's server. */
    public boolean arrives(String client) throws Exception {
        return arrives(client, PORT);
    }

    /** Whether a packet from a client's address arrives at one of the host's servers. */
    public boolean arrives(String client, int port) throws Exception {
        InetAddress source = InetAddress.getByName(client);
        InetAddress target = InetAddress.getByName(client.indexOf(':') >= 0 ? "fd77::1" : "10.77.0.1");
        DatagramSocket socket;
        try (NetworkNamespace namespace = NetworkNamespace.named(clients)) {
            socket = namespace.call(() -> new DatagramSocket(new InetSocketAddress(source, 0)));
        }
        try (socket) {
            byte[] payload = {'x'};
            socket.send(new DatagramPacket(payload, 1, target, port));
            DatagramSocket receiver = Objects.requireNonNull(port == PORT ? server : otherServer);
            receiver.setSoTimeout(300);
            receiver.receive(new DatagramPacket(new byte[8], 8));
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }

    private static void ip(String namespace, String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments.split(" ", -1)));
        run(command.toArray(String[]::new));
    }

    /** Runs a command inside the host's namespace; its output. */
    public String runInside(String... command) throws IOException {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", host));
        inside.addAll(List.of(command));
        return run(inside.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        for (DatagramSocket socket : Arrays.asList(server, otherServer)) {
            if (socket != null) {
                socket.close();
            }
        }
        for (String namespace : List.of(host, clients)) {
            run("ip", "netns", "del", namespace);
        }
    }
}
