package org.ipspipeline.ips.command;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.ipspipeline.ips.control.ControlSocket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a running daemon can be spoken with. */
final class ServiceOptions {

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Take commands on this Unix-domain socket, mode 0600"
                    + " (default: /run/ips-pipeline.sock with --config, otherwise none).")
    private @Nullable Path socket;

    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT",
            converter = HostAndPortConverter.class,
            description = "Serve figures for Prometheus there, at /metrics (default: not at all).")
    private @Nullable InetSocketAddress metrics;

    /** Where figures are served. */
    Optional<InetSocketAddress> metrics() {
        return Optional.ofNullable(metrics);
    }

    /**
     * Where commands are taken.
     *
     * @param configured whether there is a configuration, and so a service
     */
    Optional<Path> socket(boolean configured) {
        return socket == null && configured ? Optional.of(ControlSocket.DEFAULT_PATH) : Optional.ofNullable(socket);
    }
}
