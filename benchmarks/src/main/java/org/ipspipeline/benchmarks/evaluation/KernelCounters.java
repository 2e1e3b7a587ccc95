package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the kernel of the target's network namespace counts, read from outside through a process that lives there.
 *
 * @param arrived packets that came to the interface
 * @param delivered datagrams that a server took
 * @param queueFull datagrams lost because a server's receive queue was full
 */
record KernelCounters(long arrived, long delivered, long queueFull) {

    /**
     * Reads the counters.
     *
     * @param pid of a process in the namespace
     * @param device the target's interface
     * @throws IOException when the process or the interface is gone
     */
    static KernelCounters read(long pid, String device) throws IOException {
        Path net = Path.of("/proc", String.valueOf(pid), "net");
        Map<String, Long> ipv4 = NetworkStatistics.ofIpv4(Files.readAllLines(net.resolve("snmp")));
        Map<String, Long> ipv6 = NetworkStatistics.ofIpv6(Files.readAllLines(net.resolve("snmp6")));
        return new KernelCounters(
                received(Files.readAllLines(net.resolve("dev")), device),
                ipv4.getOrDefault("UdpInDatagrams", 0L) + ipv6.getOrDefault("Udp6InDatagrams", 0L),
                ipv4.getOrDefault("UdpRcvbufErrors", 0L) + ipv6.getOrDefault("Udp6RcvbufErrors", 0L));
    }

    private static long received(List<String> devices, String name) throws IOException {
        for (String line : devices) {
            String text = line.strip();
            if (text.startsWith(name + ":")) {
                return Long.parseLong(text.substring(name.length() + 1).strip().split("\\s+", -1)[1]);
            }
        }
        throw new IOException("the interface " + name + " has gone");
    }

    /** {@return what was counted since then} */
    KernelCounters since(KernelCounters before) {
        return new KernelCounters(arrived - before.arrived, delivered - before.delivered, queueFull - before.queueFull);
    }
}
