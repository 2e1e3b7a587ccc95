package org.ipspipeline.ips.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ipspipeline.ips.daemon.IpsDaemon;

/** Serves a daemon's figures at {@code /metrics}, and at {@code /health} whether it reads. */
public final class MetricsServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int NOT_ALLOWED = 405;

    private final IpsDaemon daemon;
    private final DaemonMetrics metrics;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "ips-metrics");
        thread.setDaemon(true);
        return thread;
    });

    private MetricsServer(IpsDaemon daemon, HttpServer server) {
        this.daemon = daemon;
        this.metrics = new DaemonMetrics(daemon);
        this.server = server;
        server.setExecutor(executor);
        server.createContext("/metrics", this::metrics);
        server.createContext("/health", this::health);
        server.start();
    }

    /**
     * Begins to serve.
     *
     * @param address where; port 0 for any that is free
     * @param daemon whose figures
     * @return serves until it is closed
     * @throws IOException with one line, if it cannot be served there
     */
    public static MetricsServer open(InetSocketAddress address, IpsDaemon daemon) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException(address.getHostString() + ": there is no such host");
        }
        try {
            return new MetricsServer(daemon, HttpServer.create(address, 0));
        } catch (BindException refused) {
            throw new IOException(address + ": " + refused.getMessage(), refused);
        }
    }

    /** {@return where it serves} */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void metrics(HttpExchange exchange) throws IOException {
        answer(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
    }

    private void health(HttpExchange exchange) throws IOException {
        boolean runs = daemon.isRunning();
        answer(exchange, runs ? OK : UNAVAILABLE, "text/plain; charset=utf-8", runs ? "ok\n" : "does not read\n");
    }

    private static void answer(HttpExchange exchange, int code, String type, String text) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.sendResponseHeaders(NOT_ALLOWED, -1);
                return;
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(code, method.equals("HEAD") ? -1 : bytes.length);
            if (method.equals("GET")) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
