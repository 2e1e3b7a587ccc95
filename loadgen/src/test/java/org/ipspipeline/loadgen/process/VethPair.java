package org.ipspipeline.loadgen.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipspipeline.bpf.kernel.NetworkNamespace;
import org.ipspipeline.testing.Machine;

/**
 * Two network namespaces joined by a veth pair: the target with 10.3.10.1 and fd10:3:10::1, the attackers with 10.3.10.2,
 * fd10:3:10::2 and the valid clients' ranges.
 */
public final class VethPair implements AutoCloseable {

    /** The interface on the target's side. */
    public static final String TARGET_DEVICE = "target";

    /** The interface on the attackers' side. */
    public static final String ATTACK_DEVICE = "attack";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String target;
    private final String attackers;

    private VethPair(String base) {
        target = base + "t";
        attackers = base + "a";
    }

    /** {@return a new pair; skips the test where it cannot be made} */
    public static VethPair create() throws IOException {
        Machine.needsRoot();
        Machine.needsPrograms("ip", "nsenter");
        VethPair pair = new VethPair("ipslg" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
        try {
            ip("netns add " + pair.target, "netns add " + pair.attackers);
            ip("link add " + TARGET_DEVICE + " netns " + pair.target + " type veth peer name " + ATTACK_DEVICE
                    + " netns " + pair.attackers);
            ipIn(
                    pair.target,
                    "link set lo up",
                    "link set " + TARGET_DEVICE + " up",
                    "addr add 10.3.10.1/24 dev " + TARGET_DEVICE,
                    "addr add fd10:3:10::1/64 dev " + TARGET_DEVICE + " nodad",
                    "route add default via 10.3.10.2",
                    "route add default via fd10:3:10::2");
            ipIn(
                    pair.attackers,
                    "link set lo up",
                    "link set " + ATTACK_DEVICE + " up",
                    "addr add 10.3.10.2/24 dev " + ATTACK_DEVICE,
                    "addr add fd10:3:10::2/64 dev " + ATTACK_DEVICE + " nodad",
                    "route add local 10.3.11.0/24 dev lo",
                    "route add local fd10:3:11::/64 dev lo");
            return pair;
        } catch (IOException failure) {
            pair.close();
            throw failure;
        }
    }

    /** {@return a command started on the target's side} */
    public CommandProcess onTarget(String... arguments) throws IOException {
        return CommandProcess.startIn(inside(target), arguments);
    }

    /** {@return a command started on the attackers' side} */
    public CommandProcess onAttackers(String... arguments) throws IOException {
        return CommandProcess.startIn(inside(attackers), arguments);
    }

    /** Does some work with this thread on the target's side. */
    public <T> T callOnTarget(Callable<T> work) throws Exception {
        return callIn(target, work);
    }

    /** Does some work with this thread on the attackers' side. */
    public <T> T callOnAttackers(Callable<T> work) throws Exception {
        return callIn(attackers, work);
    }

    private static <T> T callIn(String name, Callable<T> work) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.named(name)) {
            return namespace.call(work);
        }
    }

    /** Makes the target's end take XDP frames. */
    public void turnGroOn() throws IOException {
        Machine.needsPrograms("ethtool");
        List<String> command = new ArrayList<>(inside(target));
        command.addAll(List.of("ethtool", "-K", TARGET_DEVICE, "gro", "on"));
        run(command, "");
    }

    /** {@return packets that the target's end has received, as its kernel counts them} */
    public long receivedByTarget() throws IOException {
        List<String> command = new ArrayList<>(inside(target));
        command.addAll(List.of("cat", "/proc/self/net/dev"));
        return run(command, "")
                .lines()
                .filter(line -> line.strip().startsWith(TARGET_DEVICE + ":"))
                .mapToLong(line -> Long.parseLong(line.strip().split("[: ]+", -1)[2]))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> inside(String namespace) {
        return List.of("nsenter", "--net=/run/netns/" + namespace);
    }

    private static void ip(String... commands) throws IOException {
        run(List.of("ip", "-batch", "-"), String.join("\n", commands));
    }

    private static void ipIn(String namespace, String... commands) throws IOException {
        run(List.of("ip", "-n", namespace, "-batch", "-"), String.join("\n", commands));
    }

    private static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            if (!input.isEmpty()) {
                in.write(input + "\n");
            }
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.format(Locale.ROOT, "%s: %s", command, output));
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        ip("netns del " + attackers, "netns del " + target);
    }
}
