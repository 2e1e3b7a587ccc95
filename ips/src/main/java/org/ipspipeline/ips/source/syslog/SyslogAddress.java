package org.ipspipeline.ips.source.syslog;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where syslog messages are received. */
public sealed interface SyslogAddress {

    /** The forms that there are. */
    String FORMS = "udp:PORT, udp:ADDRESS:PORT, tcp:PORT, tcp:ADDRESS:PORT, unix:PATH";

    /**
     * A port of the network.
     *
     * @param stream whether it is TCP, otherwise UDP
     * @param host the local address to listen at; the loopback interface's by default, as whoever can send can have anyone banned
     * @param port 1 .. 65535, or 0 for any that is free
     */
    record Port(boolean stream, String host, int port) implements SyslogAddress {}

    /**
     * A datagram socket in the file system, such as {@code /dev/log}.
     *
     * @param path is made, and taken away in the end
     */
    record Socket(Path path) implements SyslogAddress {}

    /**
     * Parses the form that operators write.
     *
     * @param text such as {@code udp:514}
     * @throws IllegalArgumentException with one clause, if it is no such form
     */
    static SyslogAddress parse(String text) {
        final Matcher port = Forms.PORT.matcher(text);
        if (port.matches()) {
            final int number = Integer.parseInt(port.group("port"));
            if (number <= 65_535) {
                final String host = port.group("host");
                return new Port(
                        port.group("kind").equals("tcp"),
                        host == null ? "127.0.0.1" : host.replaceAll("[\\[\\]]", ""),
                        number);
            }
        }
        if (text.startsWith(Forms.UNIX) && text.length() > Forms.UNIX.length()) {
            try {
                return new Socket(Path.of(text.substring(Forms.UNIX.length())));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("no path: " + e.getReason(), e);
            }
        }
        throw new IllegalArgumentException("after 'syslog:' goes one of " + FORMS);
    }

    /** How they are written. */
    final class Forms {

        private static final String UNIX = "unix:";
        private static final Pattern PORT =
                Pattern.compile("(?<kind>udp|tcp):(?:(?<host>\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+):)?(?<port>[0-9]{1,5})");

        private Forms() {}
    }
}
