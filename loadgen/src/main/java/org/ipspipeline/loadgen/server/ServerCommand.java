package org.ipspipeline.loadgen.server;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingException;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ips.command.JsonLines;
import org.ipspipeline.ips.command.ReportOptions;
import org.ipspipeline.ips.command.Reporter;
import org.ipspipeline.ips.command.StopSignal;
import org.ipspipeline.ips.command.UsageException;
import org.ipspipeline.loadgen.net.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ips-pipeline server}: the target of an attack. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Answers UDP requests, and logs those that are invalid: the target of an attack.",
            "A request whose first payload byte is 'B' (0x42) is invalid and makes a log line"
                    + " 'YYYY-MM-DD HH:MM:SS client <IP> exceeded request rate limit'."
                    + " Every other request is answered with one byte, its first byte + 1."
        },
        footer = {
            "",
            "Each thread writes to its own segment of the ring. A line that a full ring has no room for is dropped,"
                    + " and counted as lost here and in the ring: the server never waits for its readers."
        })
public final class ServerCommand implements Callable<Integer> {

    private static final int MIB = 1 << 20;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "UDP port, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "::",
            description = "Address to listen on (default: '::', every address of both families).")
    private String listen = "::";

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Receiving threads, each with its own socket (SO_REUSEPORT) and ring segment"
                    + " (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = {"-r", "--ring"},
            paramLabel = "PATH",
            description = "Log to a shared-memory ring made at this path, such as /dev/shm/target.")
    private @Nullable Path ring;

    @Option(
            names = {"-f", "--log-file"},
            paramLabel = "FILE",
            description = "Log to the end of this file; with --ring, to both. With neither, lines are only counted.")
    private @Nullable Path file;

    @Option(
            names = "--line",
            paramLabel = "long|short|binary",
            defaultValue = "long",
            description =
                    "Long lines with date and text, short ones, the address alone, or binary records of 4 or 16 bytes for"
                            + " 'run --address-records' (default: long).")
    private LineKind line = LineKind.LONG;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Lines that a ring segment holds, rounded up to a power of two (default: ${DEFAULT-VALUE}).")
    private long lines;

    @Option(
            names = "--line-size",
            paramLabel = "BYTES",
            defaultValue = "128",
            description = "Bytes of the longest line that the ring takes (default: ${DEFAULT-VALUE}).")
    private int lineSize;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Processes that may read the ring at a time, each all lines (default: ${DEFAULT-VALUE}).")
    private int readers;

    @Option(
            names = "--overwrite",
            description = "Let a full ring's oldest lines be overwritten; readers count what they lost.")
    private boolean overwrite;

    @Option(
            names = "--existing",
            paramLabel = "fail|reattach|replace",
            defaultValue = "fail",
            description =
                    "What to do when there is a ring at the path: fail, go on writing to it as it is (all other ring"
                            + " options are ignored then), or replace it if nobody is attached (default: ${DEFAULT-VALUE}).")
    private RingOptions.Existing existing = RingOptions.Existing.FAIL;

    @Option(
            names = "--gate",
            paramLabel = "FILE",
            description =
                    "Drop requests of clients that the daemon has banned in this gate ('run --gate FILE'): the userspace"
                            + " stand-in for XDP.")
    private @Nullable Path gate;

    @Option(
            names = "--io",
            paramLabel = "auto|native|channel",
            defaultValue = "auto",
            description = "Receive with recvmmsg or the JDK's DatagramChannel (default: recvmmsg where it works).")
    private PortKind io = PortKind.AUTO;

    @Option(
            names = "--steered",
            description =
                    "Let each request name its thread, by its second payload byte modulo --threads, instead of the kernel's"
                            + " hash over addresses and ports: for 'attack --segment-shares'. Requests of one byte go by the hash.")
    private boolean steered;

    @Option(
            names = "--receive-buffer",
            paramLabel = "MIB",
            defaultValue = "16",
            description =
                    "Receive queue of each thread; what the kernel grants is printed (default: ${DEFAULT-VALUE}).")
    private int receiveBuffer;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Address address = address();
        try (JsonLines json = reports.open();
                StopSignal stop = new StopSignal();
                TargetServer server = start(address)) {
            announce(server, address, json);
            new Reporter(reports, stop)
                    .run(() -> json.write(server.statistics().toJson("stats")), () -> server.failure() != null);
            server.stop();
            json.write(server.statistics().summary());
            reports.text().print(server.statistics().table());
            reports.text().flush();
            if (server.failure() != null) {
                throw new IOException("a receiving thread failed: " + server.failure(), server.failure());
            }
            return 0;
        }
    }

    private void check() {
        require(port >= 0 && port <= 65_535, "--port " + port + ": give 0 to 65535");
        require(threads >= 1 && threads <= 1024, "--threads " + threads + ": give 1 to 1024");
        require(
                receiveBuffer >= 1 && receiveBuffer <= 1024,
                "--receive-buffer " + receiveBuffer + ": give 1 to 1024 MiB");
        require(
                ring == null || lineSize >= line.longest(),
                "--line-size " + lineSize + ": the longest of these lines has " + line.longest() + " bytes");
        require(
                file == null || line != LineKind.BINARY,
                "--line binary: a log file holds lines of text; give --ring alone");
        require(
                !steered || io.resolved() == PortKind.NATIVE,
                "--steered: needs native sockets; leave out --io channel, or the flag");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new UsageException(otherwise);
        }
    }

    private Address address() {
        try {
            return Address.resolve(listen);
        } catch (UnknownHostException unknown) {
            throw new UsageException("--listen " + listen + ": no such address", unknown);
        }
    }

    private TargetServer start(Address address) throws IOException {
        ServerLog log = openLog();
        try {
            return TargetServer.start(io, address, port, receiveBuffer * MIB, steered, log, requestGate());
        } catch (IOException refused) {
            log.close();
            throw new UsageException(
                    "cannot listen on " + listen + " port " + port + ": " + refused.getMessage(), refused);
        }
    }

    private RequestGate requestGate() {
        return gate == null ? RequestGate.OPEN : AwaitedGate.at(gate);
    }

    private ServerLog openLog() {
        Ring opened = ring == null ? null : createRing(ring);
        try {
            return ServerLog.open(line, threads, opened, file);
        } catch (IOException failure) {
            throw new UsageException("--log-file: cannot append to " + failure.getMessage(), failure);
        }
    }

    private Ring createRing(Path path) {
        try {
            Ring created = Ring.create(
                    path,
                    RingOptions.builder()
                            .segments(threads)
                            .lines(lines)
                            .lineSize(lineSize)
                            .readers(readers)
                            .overwrite(overwrite)
                            .existing(existing)
                            .build());
            if (created.segments() < threads || created.lineSize() < line.longest()) {
                created.close();
                throw new UsageException("the ring " + path + " has " + created.segments() + " segments and lines of "
                        + created.lineSize() + " bytes: too small for " + threads + " threads and these lines");
            }
            return created;
        } catch (RingException refused) {
            throw new UsageException("--ring: " + refused.getMessage(), refused);
        }
    }

    private void announce(TargetServer server, Address address, JsonLines json) {
        reports.text()
                .printf(
                        "listening on %s port %d: %d thread(s), %s, receive queues of %d KiB; logging to %s%n",
                        address,
                        server.port(),
                        threads,
                        server.kind().description(),
                        server.receiveBufferBytes() >> 10,
                        server.logDescription());
        reports.text().flush();
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("type", "ready");
        ready.put("listen", address.toString());
        ready.put("port", server.port());
        ready.put("threads", threads);
        ready.put("receive", server.kind().description());
        ready.put("receive_queue_bytes", server.receiveBufferBytes());
        ready.put("log", server.logDescription());
        json.write(ready);
    }
}
