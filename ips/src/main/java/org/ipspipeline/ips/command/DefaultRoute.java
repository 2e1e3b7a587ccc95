package org.ipspipeline.ips.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which network interface leads to the rest of the world, by the kernel's routes. */
final class DefaultRoute {

    private static final Path IPV4 = Path.of("/proc/net/route");
    private static final Path IPV6 = Path.of("/proc/net/ipv6_route");
    private static final String NOWHERE_IPV4 = "00000000";
    private static final String NOWHERE_IPV6 = "00000000000000000000000000000000";

    private DefaultRoute() {}

    /** The interface of the default route of IPv4, otherwise of IPv6. */
    static Optional<String> networkInterface() {
        return ipv4(lines(IPV4)).or(() -> ipv6(lines(IPV6)));
    }

    /** {@code Iface Destination Gateway Flags RefCnt Use Metric Mask ...} */
    static Optional<String> ipv4(List<String> routes) {
        return routes.stream()
                .map(line -> line.split("\\s+", -1))
                .filter(fields -> fields.length > 7 && fields[1].equals(NOWHERE_IPV4) && fields[7].equals(NOWHERE_IPV4))
                .map(fields -> fields[0])
                .findFirst();
    }

    /** {@code destination length source length next-hop metric reference use flags device}; the loopback's is a rejection. */
    static Optional<String> ipv6(List<String> routes) {
        return routes.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > 9
                        && fields[0].equals(NOWHERE_IPV6)
                        && fields[1].equals("00")
                        && !fields[9].equals("lo"))
                .map(fields -> fields[9])
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException absent) {
            // A kernel without that family.
            return List.of();
        }
    }
}
