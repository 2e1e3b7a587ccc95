package org.ipspipeline.ips.enforce.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The interfaces by which strangers come: those that have a default route. */
final class DefaultRoutes {

    /** The calling thread's, which may live in a network namespace of its own. */
    private static final Path NET = Path.of("/proc/thread-self/net");

    private static final int MIN_FIELDS4 = 8;
    private static final int MIN_FIELDS6 = 10;
    private static final int MASK4 = 7;
    private static final int NAME6 = 9;

    private DefaultRoutes() {}

    static Set<String> interfaces() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : lines("route")) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length >= MIN_FIELDS4 && isZero(fields[1]) && isZero(fields[MASK4])) {
                names.add(fields[0]);
            }
        }
        for (String line : lines("ipv6_route")) {
            String[] fields = line.strip().split("\\s+", -1);
            // A route that rejects is written as one of lo.
            if (fields.length >= MIN_FIELDS6 && isZero(fields[0]) && isZero(fields[1]) && !fields[NAME6].equals("lo")) {
                names.add(fields[NAME6]);
            }
        }
        return names;
    }

    private static boolean isZero(String hexadecimal) {
        return hexadecimal.matches("0+");
    }

    private static List<String> lines(String name) throws IOException {
        try {
            return Files.readAllLines(NET.resolve(name));
        } catch (NoSuchFileException noSuchFamily) {
            return List.of();
        }
    }
}
