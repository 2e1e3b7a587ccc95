package org.ipspipeline.ips.ban.ignore;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ipspipeline.ips.address.AddressPrefix;

/** The kinds of sources that an {@code ignoreip} can name. */
final class IgnoreSources {

    private static final String FILE = "file:";

    private IgnoreSources() {}

    /** What an entry of {@code ignoreip} stands for. */
    static IgnoreSource of(String entry) {
        if (entry.startsWith(FILE)) {
            return () -> inFile(Path.of(entry.substring(FILE.length())));
        }
        AddressPrefix prefix = AddressPrefix.parse(entry);
        return prefix != null ? () -> List.of(prefix) : () -> addressesOf(entry);
    }

    /** The addresses of this host's interfaces. */
    static List<AddressPrefix> ownAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(AddressPrefix::of)
                .toList();
    }

    /** The addresses of a host by its name. */
    private static List<AddressPrefix> addressesOf(String name) throws UnknownHostException {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(AddressPrefix::of)
                    .toList();
        } catch (UnknownHostException e) {
            throw rename(e, "ignoreip: " + name + ": is no address, no network, and no host name that can be resolved");
        }
    }

    private static UnknownHostException rename(UnknownHostException cause, String message) {
        UnknownHostException renamed = new UnknownHostException(message);
        renamed.initCause(cause);
        return renamed;
    }

    /** The entries of a file: separated by blanks, commas or line ends; comments begin with a {@code #}. */
    private static List<AddressPrefix> inFile(Path file) throws IOException {
        List<AddressPrefix> prefixes = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String entry : lines.map(line -> line.replaceFirst("#.*", ""))
                    .flatMap(line -> Arrays.stream(line.trim().split("[\\s,]+", -1)))
                    .filter(word -> !word.isEmpty())
                    .toList()) {
                prefixes.addAll(of(entry).ask());
            }
        } catch (NoSuchFileException e) {
            throw new IOException("ignoreip: file:" + file + ": there is no such file", e);
        }
        return prefixes;
    }
}
