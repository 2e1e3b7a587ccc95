package org.ipspipeline.loadgen.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ipspipeline.bpf.kernel.NetworkNamespace;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.net.DriverCounters;

/**
 * Two network namespaces joined by a veth pair. The names carry this process's id, so that namespaces of a process
 * that was killed outright are recognised, and removed by the next one of its kind.
 *
 * <p>The target routes the attackers' ranges back through the pair; the attackers' side holds the valid clients' range as
 * local addresses, so that ordinary sockets can bind them.
 */
public final class VethNetwork implements AttackNetwork {

    /** The target's end of the pair. */
    public static final String TARGET_INTERFACE = "target0";

    /** The attackers' end of the pair. */
    public static final String ATTACKERS_INTERFACE = "attackers0";

    /** The target's IPv4 address. */
    public static final String TARGET_IPV4 = "10.3.10.1";

    /** The target's IPv6 address. */
    public static final String TARGET_IPV6 = "fd10:3:10::1";

    /**
     * A flood fills the receive queues of the CPUs that send it; a frame of anybody else in these queues is lost with it. As a
     * card's receive-side scaling does, the pair spreads flows over more queues than a sender has CPUs.
     */
    private static final int QUEUES = Math.min(8 * Runtime.getRuntime().availableProcessors(), 64);

    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Pattern XDP_DROPS = Pattern.compile("rx_queue_\\d+_xdp_drops");

    /** The interfaces' addresses, the attackers' ranges as routes, the valid clients' ranges as local addresses. */
    private static final String[] TARGET_SETUP = {
        "link set lo up",
        "link set " + TARGET_INTERFACE + " address 02:00:00:00:10:01",
        "link set " + TARGET_INTERFACE + " up",
        "addr add " + TARGET_IPV4 + "/24 dev " + TARGET_INTERFACE,
        "addr add " + TARGET_IPV6 + "/64 dev " + TARGET_INTERFACE + " nodad",
        "neigh add 10.3.10.2 lladdr 02:00:00:00:10:02 dev " + TARGET_INTERFACE,
        "neigh add fd10:3:10::2 lladdr 02:00:00:00:10:02 dev " + TARGET_INTERFACE,
        "route add default via 10.3.10.2",
        "route add default via fd10:3:10::2",
    };

    private static final String[] ATTACKERS_SETUP = {
        "link set lo up",
        "link set " + ATTACKERS_INTERFACE + " address 02:00:00:00:10:02",
        "link set " + ATTACKERS_INTERFACE + " up",
        "addr add 10.3.10.2/24 dev " + ATTACKERS_INTERFACE,
        "addr add fd10:3:10::2/64 dev " + ATTACKERS_INTERFACE + " nodad",
        "neigh add " + TARGET_IPV4 + " lladdr 02:00:00:00:10:01 dev " + ATTACKERS_INTERFACE,
        "neigh add " + TARGET_IPV6 + " lladdr 02:00:00:00:10:01 dev " + ATTACKERS_INTERFACE,
        "route add local 10.3.11.0/24 dev lo",
        "route add local fd10:3:11::/64 dev lo",
    };

    private final String target;
    private final String attackers;
    private final DriverCounters drops;

    private VethNetwork(String target, String attackers, DriverCounters drops) {
        this.target = target;
        this.attackers = attackers;
        this.drops = drops;
    }

    /**
     * Makes the namespaces and the pair.
     *
     * @param prefix of the namespaces' names, the process's id follows it; such as {@code ips-demo-}
     * @return the network
     * @throws IOException when a step fails, with the message of {@code ip}; nothing is left behind then
     */
    public static VethNetwork create(String prefix) throws IOException {
        removeLeftovers(prefix);
        String base = prefix + ProcessHandle.current().pid();
        String target = base + "-target";
        String attackers = base + "-attackers";
        try {
            ip("netns add " + target, "netns add " + attackers);
            String queues = " numrxqueues " + QUEUES + " numtxqueues " + QUEUES;
            ip("link add " + TARGET_INTERFACE + queues + " netns " + target + " type veth peer name "
                    + ATTACKERS_INTERFACE + queues + " netns " + attackers);
            ipIn(target, TARGET_SETUP);
            ipIn(attackers, ATTACKERS_SETUP);
            return new VethNetwork(target, attackers, dropsIn(target));
        } catch (IOException failure) {
            remove(attackers);
            remove(target);
            throw failure;
        }
    }

    private static DriverCounters dropsIn(String namespace) throws IOException {
        try (NetworkNamespace target = NetworkNamespace.named(namespace)) {
            return target.call(() -> new DriverCounters(TARGET_INTERFACE, XDP_DROPS));
        } catch (IOException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IOException(impossible);
        }
    }

    @Override
    public OptionalLong droppedByDriver() throws IOException {
        return OptionalLong.of(drops.sum());
    }

    @Override
    public List<String> onTarget(List<String> command) {
        return inside(target, command);
    }

    @Override
    public List<String> onAttackers(SelfCommand self, List<String> arguments) {
        return inside(attackers, self.with(arguments));
    }

    @Override
    public String targetInterface() {
        return TARGET_INTERFACE;
    }

    /**
     * Does some work on this thread inside the target's namespace.
     *
     * @param work to do
     * @param <T> what it returns
     * @return what it returned
     * @throws Exception what it threw
     */
    public <T> T onTarget(Callable<T> work) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.named(target)) {
            return namespace.call(work);
        }
    }

    @Override
    public void close() {
        try {
            drops.close();
        } catch (IOException failure) {
            System.err.println("ips-pipeline: " + failure.getMessage());
        }
        for (String namespace : List.of(attackers, target)) {
            remove(namespace);
        }
    }

    // nsenter changes the network alone; "ip netns exec" would mount another /sys as well.
    private static List<String> inside(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=" + NAMESPACES.resolve(namespace)));
        whole.addAll(command);
        return whole;
    }

    private static void removeLeftovers(String prefix) {
        if (!Files.isDirectory(NAMESPACES)) {
            return;
        }
        Pattern ours = Pattern.compile(Pattern.quote(prefix) + "(\\d+)-(target|attackers)");
        try (Stream<Path> namespaces = Files.list(NAMESPACES)) {
            for (Path path : namespaces.toList()) {
                String name = path.getFileName().toString();
                Matcher matcher = ours.matcher(name);
                if (matcher.matches()
                        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                    remove(name);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void remove(String namespace) {
        if (Files.exists(NAMESPACES.resolve(namespace))) {
            try {
                ip("netns del " + namespace);
            } catch (IOException gone) {
                System.err.println("ips-pipeline: " + gone.getMessage());
            }
        }
    }

    private static void ip(String... commands) throws IOException {
        run(List.of("ip", "-batch", "-"), commands);
    }

    private static void ipIn(String namespace, String... commands) throws IOException {
        run(List.of("ip", "-n", namespace, "-batch", "-"), commands);
    }

    private static void run(List<String> program, String... commands) throws IOException {
        Process ip;
        try {
            ip = new ProcessBuilder(program).redirectErrorStream(true).start();
        } catch (IOException absent) {
            throw new UsageException("the program 'ip' is missing; install iproute2", absent);
        }
        try (var script = ip.outputWriter(StandardCharsets.UTF_8)) {
            script.write(String.join("\n", commands) + "\n");
        }
        // Its output ends when it ends, so there is nothing left to wait for that could be interrupted.
        String messages = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (ip.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", program) + ": " + messages.replace("\n", "; "));
        }
    }
}
