package org.ipspipeline.loadgen.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.ipspipeline.loadgen.net.Address;
import org.jspecify.annotations.Nullable;

/** The target server while it runs. */
final class TargetServer implements AutoCloseable {

    private final PortKind kind;
    private final PortKind.Ports ports;
    private final ServerLog log;
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final long begin = System.nanoTime();
    private boolean stopped;

    private TargetServer(PortKind kind, PortKind.Ports ports, ServerLog log, RequestGate gate) {
        this.kind = kind;
        this.ports = ports;
        this.log = log;
        for (int i = 0; i < ports.ports().size(); i++) {
            Receiver receiver = new Receiver(ports.ports().get(i), log.sinks(i), log.kind(), gate);
            Thread thread = new Thread(receiver, "receiver-" + i);
            thread.setUncaughtExceptionHandler((dead, thrown) -> failure.compareAndSet(null, thrown));
            receivers.add(receiver);
            threads.add(thread);
        }
    }

    /**
     * Opens the ports and starts the receiving threads.
     *
     * @param kind of the ports
     * @param address to listen on, {@code ::} for all of both families
     * @param port its number, 0 for any free one
     * @param receiveBufferBytes of each thread's queue
     * @param steered whether requests name their thread, for native ports
     * @param log where lines go: one receiving thread for each of its writers; closed with the server
     * @param gate asked about every client
     * @return the running server
     * @throws IOException when the kernel refuses the ports; the log is not closed then
     */
    static TargetServer start(
            PortKind kind,
            Address address,
            int port,
            int receiveBufferBytes,
            boolean steered,
            ServerLog log,
            RequestGate gate)
            throws IOException {
        PortKind.Ports ports = kind.open(address, port, log.threads(), receiveBufferBytes, steered);
        TargetServer server = new TargetServer(kind.resolved(), ports, log, gate);
        server.threads.forEach(Thread::start);
        return server;
    }

    /** {@return the port's number} */
    int port() {
        return ports.number();
    }

    /** {@return how requests are received} */
    PortKind kind() {
        return kind;
    }

    /** {@return the bytes of each thread's receive queue, as the kernel accounts for them} */
    int receiveBufferBytes() {
        return ports.ports().get(0).receiveBufferBytes();
    }

    /** {@return where lines go, for people} */
    String logDescription() {
        return log.description();
    }

    /** {@return what broke a receiving thread, null while all of them work} */
    @Nullable
    Throwable failure() {
        return failure.get();
    }

    /** {@return what has been counted until now} */
    ServerStatistics statistics() {
        return new ServerStatistics(
                (System.nanoTime() - begin) / 1e9,
                log.isBoth(),
                receivers.stream().map(Receiver::counters).toList());
    }

    /** Stops receiving, waits for the threads, and closes ports and logs. What was counted stays readable. */
    void stop() throws IOException {
        if (stopped) {
            return;
        }
        stopped = true;
        receivers.forEach(Receiver::stop);
        for (Thread thread : threads) {
            join(thread);
        }
        for (RequestPort port : ports.ports()) {
            port.close();
        }
        log.close();
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                // Ports and logs may be closed only when nobody uses them: the thread ends within 100 ms.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
