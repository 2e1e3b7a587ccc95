package org.ipspipeline.bpf;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipspipeline.bpf.kernel.NetworkNamespace;

/** Two network namespaces joined by a veth pair: {@code inside0} in the one, {@code outside0} in the other. */
public final class TestNetwork implements AutoCloseable {

    public static final String INTERFACE = "inside0";
    public static final String PEER = "outside0";
    public static final String ADDRESS = "10.9.0.1";
    public static final String PEER_ADDRESS = "10.9.0.2";
    public static final String ADDRESS6 = "fd09::1";
    public static final String PEER_ADDRESS6 = "fd09::2";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "ipsbpf" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
    private final String outside = name + "out";

    /** A network in use, with the kernel's own packets of IPv6 on it. */
    public static TestNetwork create() throws IOException {
        TestNetwork network = createDown();
        try {
            network.setUp();
        } catch (IOException failure) {
            network.close();
            throw failure;
        }
        return network;
    }

    /** A network whose interfaces are down: no packet comes by itself. */
    public static TestNetwork createDown() throws IOException {
        TestNetwork network = new TestNetwork();
        try {
            run("ip", "netns", "add", network.name);
            run("ip", "netns", "add", network.outside);
            network.addPair();
        } catch (IOException failure) {
            network.close();
            throw failure;
        }
        return network;
    }

    /** Makes the pair of interfaces once more, after one was deleted. */
    void join() throws IOException {
        addPair();
        setUp();
    }

    private void addPair() throws IOException {
        run(("ip link add " + INTERFACE + " netns " + name + " type veth peer name " + PEER + " netns " + outside)
                .split(" ", -1));
    }

    private void setUp() throws IOException {
        setUp(name, INTERFACE, ADDRESS, ADDRESS6);
        setUp(outside, PEER, PEER_ADDRESS, PEER_ADDRESS6);
    }

    private void setUp(String namespace, String device, String address, String address6) throws IOException {
        for (String command : List.of(
                "addr add " + address + "/24 dev " + device,
                "addr add " + address6 + "/64 dev " + device + " nodad",
                "link set " + device + " up",
                "link set lo up")) {
            ip(namespace, command);
        }
    }

    public String name() {
        return name;
    }

    public String outside() {
        return outside;
    }

    public <T> T inside(Callable<T> work) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.named(name)) {
            return namespace.call(work);
        }
    }

    public <T> T outside(Callable<T> work) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.named(outside)) {
            return namespace.call(work);
        }
    }

    /** Whether a datagram gets through in each direction, within half a second. */
    public boolean canExchangeDatagrams() throws Exception {
        try (DatagramSocket there = inside(() -> new DatagramSocket(0, InetAddress.getByName(ADDRESS)));
                DatagramSocket here = outside(() -> new DatagramSocket(0, InetAddress.getByName(PEER_ADDRESS)))) {
            return arrives(here, there) && arrives(there, here);
        }
    }

    /** Whether a datagram gets from one socket to the other, within half a second. */
    public static boolean arrives(DatagramSocket from, DatagramSocket to) throws IOException {
        to.setSoTimeout(500);
        from.send(new DatagramPacket(new byte[] {'x'}, 1, to.getLocalSocketAddress()));
        try {
            to.receive(new DatagramPacket(new byte[10], 10));
            return true;
        } catch (SocketTimeoutException lost) {
            return false;
        }
    }

    /** The Ethernet address of an interface, asked inside its namespace. */
    public static byte[] mac(String device) throws IOException {
        return NetworkInterface.getByName(device).getHardwareAddress();
    }

    public static String ip(String namespace, String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments.split(" ", -1)));
        return run(command.toArray(String[]::new));
    }

    public static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (String namespace : List.of(name, outside)) {
            try {
                run("ip", "netns", "del", namespace);
            } catch (IOException gone) {
                failure = gone;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
