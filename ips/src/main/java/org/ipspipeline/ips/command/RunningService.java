package org.ipspipeline.ips.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.control.Commands;
import org.ipspipeline.ips.control.ControlSocket;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailKeeper;
import org.ipspipeline.ips.metrics.MetricsServer;
import org.ipspipeline.ips.service.HangUp;
import org.ipspipeline.ips.service.ServiceNotifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands around a running daemon: its control socket, SIGHUP, and what systemd is told. */
final class RunningService implements Commands.Lifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningService.class);
    private static final AddressPrefix NOBODY = new AddressPrefix(0, 0, AddressPrefix.FULL_LENGTH);

    private final IpsDaemon daemon;
    private final Optional<JailKeeper> keeper;
    private final Runnable end;
    private final ServiceNotifier systemd = ServiceNotifier.of(System.getenv());
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ips-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ControlSocket socket;
    private @Nullable MetricsServer metrics;
    private String description = "";
    private boolean closed;

    /**
     * @param daemon at work
     * @param keeper reloads its jails
     * @param end ends the daemon
     */
    RunningService(IpsDaemon daemon, Optional<JailKeeper> keeper, Runnable end) {
        this.daemon = daemon;
        this.keeper = keeper;
        this.end = end;
    }

    /**
     * Begins to take commands and signals.
     *
     * @throws UsageException if there cannot be a control socket
     */
    void open(ServiceOptions options, boolean configured) {
        Optional<Path> path = options.socket(configured);
        if (path.isPresent()) {
            try {
                socket = ControlSocket.open(path.get(), new Commands(daemon, keeper, this));
            } catch (IOException refused) {
                throw new UsageException(String.valueOf(refused.getMessage()), refused);
            }
        }
        if (options.metrics().isPresent()) {
            try {
                metrics = MetricsServer.open(options.metrics().get(), daemon);
                LOG.info("metrics at http:/{}/metrics", metrics.address());
            } catch (IOException refused) {
                throw new UsageException("--metrics: " + refused.getMessage(), refused);
            }
        }
        if (keeper.isPresent()) {
            HangUp.handle(this::reload);
        }
    }

    /** Tells that the daemon works. */
    void ready(String status) {
        description = status;
        systemd.ready(status);
        long micros = systemd.watchdogMicros();
        if (micros > 0) {
            Future<?> unused =
                    watchdog.scheduleAtFixedRate(this::feed, 0, Math.max(micros / 2, 1000), TimeUnit.MICROSECONDS);
        }
    }

    /** The watchdog is fed as long as lines are read and the keeper of bans answers. */
    private void feed() {
        try {
            boolean unused = daemon.bans().isBanned(BanKeeper.ANY_JAIL, NOBODY).get(1, TimeUnit.SECONDS);
            if (daemon.isRunning()) {
                systemd.alive();
            }
        } catch (TimeoutException | java.util.concurrent.ExecutionException stuck) {
            LOG.warn("the keeper of bans does not answer: the watchdog is not fed");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void reload() {
        JailKeeper jails = keeper.orElseThrow(
                () -> new ConfigurationException("this daemon has no configuration that could be reloaded"));
        systemd.reloading();
        try {
            jails.reload();
            LOG.info("reloaded {}", jails.path());
        } catch (ConfigurationException wrong) {
            LOG.error("not reloaded, everything goes on as before: {}", wrong.getMessage());
            throw wrong;
        } finally {
            systemd.ready(description);
        }
    }

    @Override
    public void stop() {
        end.run();
    }

    @Override
    public void close() throws IOException {
        end();
    }

    /** Takes no more commands and signals, and tells so. */
    void end() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        systemd.stopping();
        watchdog.shutdownNow();
        if (socket != null) {
            socket.close();
        }
        if (metrics != null) {
            metrics.close();
        }
        keeper.ifPresent(JailKeeper::close);
    }
}
