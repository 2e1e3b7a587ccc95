package org.ipspipeline.ips.enforce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports as people and fail2ban's jails write them: {@code ssh, 8080, 8000:8010}. Names are those of {@code services(5)}.
 */
public final class PortSyntax {

    private static final Path SERVICES = Path.of("/etc/services");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:[:-](\\d{1,5}))?");
    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp");

    private PortSyntax() {}

    /**
     * Reads ports.
     *
     * @param list numbers, ranges and names with commas or spaces between
     * @param protocol {@code tcp}, {@code udp}, or both with a comma between
     * @return the ports
     * @throws IllegalArgumentException saying in one line what is wrong
     */
    public static Ports parse(String list, String protocol) {
        Set<String> protocols = new HashSet<>(words(protocol.toLowerCase(Locale.ROOT)));
        if (protocols.isEmpty() || !PROTOCOLS.containsAll(protocols)) {
            throw new IllegalArgumentException(
                    "protocol '" + protocol + "' has no ports to ban from: write tcp, udp, or tcp,udp");
        }
        List<Ports.Range> ranges = new ArrayList<>();
        for (String word : words(list)) {
            ranges.addAll(ranges(word, protocols));
        }
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("there is no port in '" + list + "': write some, such as ssh,8000:8010");
        }
        return new Ports(protocols.contains("tcp"), protocols.contains("udp"), ranges);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<Ports.Range> ranges(String word, Set<String> protocols) {
        Matcher range = RANGE.matcher(word);
        if (range.matches()) {
            int first = Integer.parseInt(range.group(1));
            return List.of(new Ports.Range(first, range.group(2) == null ? first : Integer.parseInt(range.group(2))));
        }
        List<Ports.Range> named = services().stream()
                .filter(service -> service.isCalled(word) && protocols.contains(service.protocol))
                .map(service -> new Ports.Range(service.port, service.port))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("port '" + word + "' is neither a number nor in " + SERVICES + " for "
                    + String.join(" or ", protocols) + ": write its number");
        }
        return named;
    }

    private record Service(int port, String protocol, List<String> names) {

        boolean isCalled(String name) {
            return names.contains(name);
        }
    }

    private static List<Service> services() {
        try {
            List<Service> services = new ArrayList<>();
            for (String line : Files.readAllLines(SERVICES)) {
                // name port/protocol alias...
                String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
                if (words.length >= 2 && words[1].matches("\\d{1,5}/\\w+")) {
                    String[] port = words[1].split("/", -1);
                    List<String> names = new ArrayList<>(List.of(words));
                    names.remove(1);
                    services.add(new Service(Integer.parseInt(port[0]), port[1], names));
                }
            }
            return services;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(SERVICES + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
