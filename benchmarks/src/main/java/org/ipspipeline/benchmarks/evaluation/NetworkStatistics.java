package org.ipspipeline.benchmarks.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two formats of the kernel's network statistics.
 *
 * <pre>
 *   /proc/net/snmp     Udp: InDatagrams NoPorts InErrors ...
 *                      Udp: 12 0 0 ...
 *   /proc/net/snmp6    Udp6InDatagrams            12
 * </pre>
 */
final class NetworkStatistics {

    private NetworkStatistics() {}

    /** The counters by protocol and name, such as {@code UdpInDatagrams}. */
    static Map<String, Long> ofIpv4(List<String> lines) {
        Map<String, Long> counters = new HashMap<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).split("\\s+", -1);
            String[] values = lines.get(i + 1).split("\\s+", -1);
            String protocol = names[0].replace(":", "");
            for (int column = 1; column < names.length; column++) {
                counters.put(protocol + names[column], Long.parseLong(values[column]));
            }
        }
        return counters;
    }

    /** The counters by their names. */
    static Map<String, Long> ofIpv6(List<String> lines) {
        Map<String, Long> counters = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.strip().split("\\s+", -1);
            if (parts.length == 2) {
                counters.put(parts[0], Long.parseLong(parts[1]));
            }
        }
        return counters;
    }
}
