package org.ipspipeline.benchmarks.logging;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipspipeline.benchmarks.comparison.JavaProcess;

/** A target server as a process whose receiving thread is traced while it gets invalid requests. */
final class TracedServer implements AutoCloseable {

    private static final int WARM_UP = 20_000;
    private static final int LINES = 20_000;

    /** As many requests are sent at once as one receive call may take. */
    private static final int BURST = 64;

    private static final long TIME_TO_ATTACH_MILLIS = 300;
    private static final int PATIENCE_SECONDS = 30;

    private final Process server;
    private final BufferedReader reports;
    private final int port;
    private final Path trace;

    private TracedServer(Process server, BufferedReader reports, int port, Path trace) {
        this.server = server;
        this.reports = reports;
        this.port = port;
        this.trace = trace;
    }

    static TracedServer start(Path directory, List<String> log) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--port", "0", "--stats-json", "-", "--stats-every", "1d"));
        arguments.addAll(log);
        Process server = JavaProcess.of(ServerMain.class, arguments.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader reports = server.inputReader(StandardCharsets.UTF_8);
        String ready = reports.readLine();
        if (ready == null) {
            throw new IOException("the server did not start");
        }
        Map<String, Object> report = JSON.std.mapFrom(ready);
        return new TracedServer(
                server, reports, Integer.parseInt(String.valueOf(report.get("port"))), directory.resolve("trace"));
    }

    /** The lines logged while it was traced. */
    int tracedLines() {
        return LINES;
    }

    /** Sends requests, and counts the system calls of the thread that logs them. */
    SystemCallCounts trace() throws IOException, InterruptedException {
        send(WARM_UP);
        Process strace = new ProcessBuilder("strace", "-c", "-o", trace.toString(), "-p", thread())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread.sleep(TIME_TO_ATTACH_MILLIS);
        send(LINES);
        new ProcessBuilder("kill", "-INT", String.valueOf(strace.pid()))
                .start()
                .onExit()
                .join();
        if (!strace.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            strace.destroyForcibly();
            throw new IOException("strace did not end");
        }
        return SystemCallCounts.parse(Files.readAllLines(trace));
    }

    /** The id of the receiving thread. */
    private String thread() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(server.pid()), "task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).startsWith("receiver-0")) {
                    return task.getFileName().toString();
                }
            }
        }
        throw new IOException("the server has no receiving thread");
    }

    /** Sends invalid requests, and after each burst a valid one whose answer says that the burst has been logged. */
    private void send(int lines) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_SECONDS * 1000);
            InetAddress host = InetAddress.getLoopbackAddress();
            DatagramPacket invalid = new DatagramPacket(new byte[] {'B'}, 1, host, port);
            DatagramPacket valid = new DatagramPacket(new byte[] {'v'}, 1, host, port);
            DatagramPacket answer = new DatagramPacket(new byte[1], 1);
            for (int sent = 0; sent < lines; sent++) {
                socket.send(invalid);
                if ((sent + 1) % BURST == 0 || sent + 1 == lines) {
                    socket.send(valid);
                    socket.receive(answer);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.toHandle().destroy();
        while (reports.readLine() != null) {
            // Until its end.
        }
        reports.close();
        server.onExit().join();
    }
}
