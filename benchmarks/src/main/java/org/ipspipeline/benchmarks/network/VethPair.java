package org.ipspipeline.benchmarks.network;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipspipeline.bpf.kernel.NetworkNamespace;
import org.ipspipeline.loadgen.net.NetworkDevice;

/** Two network namespaces joined by a pair of virtual interfaces. */
public final class VethPair implements AutoCloseable {

    public static final String TARGET = "target0";
    public static final String SOURCE = "source0";

    private final String target;
    private final String source;
    private final boolean own;

    private VethPair(String target, String source, boolean own) {
        this.target = target;
        this.source = source;
        this.own = own;
    }

    /** A pair that another process has made, and removes. */
    public static VethPair existing(String target, String source) {
        return new VethPair(target, source, false);
    }

    public static VethPair create() throws IOException {
        String base = "ips-bench-" + ProcessHandle.current().pid();
        VethPair pair = new VethPair(base + "-target", base + "-source", true);
        try {
            ip("netns add " + pair.target, "netns add " + pair.source);
            ip("link add " + TARGET + " netns " + pair.target + " type veth peer name " + SOURCE + " netns "
                    + pair.source);
            pair.up(pair.target, TARGET);
            pair.up(pair.source, SOURCE);
            return pair;
        } catch (IOException failure) {
            pair.close();
            throw failure;
        }
    }

    /** No addresses and no IPv6 of the kernel's own: nothing but what is measured is on the wire. */
    private void up(String namespace, String device) throws IOException {
        ip("-n " + namespace + " link set " + device + " addrgenmode none");
        ip("-n " + namespace + " link set " + device + " up");
    }

    public String targetNamespace() {
        return target;
    }

    public String sourceNamespace() {
        return source;
    }

    public <T> T onTarget(Callable<T> work) throws Exception {
        return inside(target, work);
    }

    public <T> T onSource(Callable<T> work) throws Exception {
        return inside(source, work);
    }

    private static <T> T inside(String name, Callable<T> work) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.named(name)) {
            return namespace.call(work);
        }
    }

    /** Makes the target's end take live frames without native XDP: they vanish silently otherwise. */
    public void receiveWithGro() throws IOException {
        Tool.runInside(target, "", "ethtool", "-K", TARGET, "gro", "on");
    }

    public byte[] targetMac() throws Exception {
        return onTarget(() -> NetworkDevice.named(TARGET).mac().toBytes());
    }

    public byte[] sourceMac() throws Exception {
        return onSource(() -> NetworkDevice.named(SOURCE).mac().toBytes());
    }

    private static void ip(String... commands) throws IOException {
        for (String command : commands) {
            Tool.run("", List.of(("ip " + command).split(" ", -1)));
        }
    }

    @Override
    public void close() throws IOException {
        for (String namespace : own ? List.of(target, source) : List.<String>of()) {
            if (Tool.run("", List.of("ip", "netns", "list")).contains(namespace)) {
                ip("netns del " + namespace);
            }
        }
    }
}
