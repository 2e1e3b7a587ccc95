package org.ipspipeline.loadgen.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.loadgen.process.CommandProcess.number;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.loadgen.process.CommandProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a process, asked over the loopback interface. */
final class ServerProcessTest {

    private static final int INVALID = 'B';

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"native,127.0.0.1", "native,::1", "channel,127.0.0.1", "channel,::1"})
    void answersEachValidRequestWithItsFirstBytePlusOne(String io, String address) throws Exception {
        try (CommandProcess server = CommandProcess.start("server", "-p", "0", "--io", io, "--stats-json", "-");
                Client client = new Client(server, address)) {
            for (int first : new int[] {0, 'A', 'C', 127, 128, 255}) {
                assertThat(client.ask(first)).isEqualTo((first + 1) & 0xFF);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "channel"})
    void doesNotAnswerInvalidOrEmptyRequests(String io) throws Exception {
        try (CommandProcess server = CommandProcess.start("server", "-p", "0", "--io", io, "--stats-json", "-");
                Client client = new Client(server, "127.0.0.1")) {
            client.send(INVALID);
            client.send();
            client.send(INVALID, 'x');
            // The socket keeps the order, so the first answer would be that of an earlier request.
            assertThat(client.ask(7)).isEqualTo(8);
            assertThat(client.hasNoAnswer()).isTrue();
            server.terminate();
            Map<String, Object> summary = server.awaitReport("summary");
            assertThat(number(summary, "received", "invalid", "ipv4")).isEqualTo(2);
            assertThat(number(summary, "received", "empty")).isEqualTo(1);
            assertThat(number(summary, "received", "valid", "ipv4")).isEqualTo(1);
            assertThat(number(summary, "answered")).isEqualTo(1);
        }
    }

    @Test
    void logsInvalidRequestsToFileAndRingAlike() throws Exception {
        Path ringPath = directory.resolve("ring");
        Path file = directory.resolve("target.log");
        try (CommandProcess server = CommandProcess.start(
                        "server",
                        "-p",
                        "0",
                        "--ring",
                        ringPath.toString(),
                        "--log-file",
                        file.toString(),
                        "--stats-json",
                        "-");
                Client ipv4 = new Client(server, "127.0.0.1");
                Client ipv6 = new Client(server, "::1");
                Ring ring = Ring.attach(ringPath)) {
            RingReader reader = ring.join(StartPosition.OLDEST);
            for (int i = 0; i < 10; i++) {
                ipv4.send(INVALID);
                ipv6.send(INVALID);
            }
            List<String> fromRing = new ArrayList<>();
            await().until(() -> read(reader, fromRing) == 20);
            assertThat(fromRing)
                    .allSatisfy(
                            line -> assertThat(line)
                                    .matches(
                                            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d client \\S+ exceeded request rate limit"));
            assertThat(fromRing)
                    .filteredOn(line -> line.contains(" 127.0.0.1 "))
                    .hasSize(10);
            assertThat(fromRing).filteredOn(line -> line.contains(" ::1 ")).hasSize(10);
            await().untilAsserted(() -> assertThat(Files.readAllLines(file)).isEqualTo(fromRing));
            server.terminate();
            Map<String, Object> summary = server.awaitReport("summary");
            assertThat(number(summary, "lines", "written")).isEqualTo(20);
            assertThat(number(summary, "lines", "file_written")).isEqualTo(20);
            assertThat(number(summary, "lines", "refused")).isZero();
        }
    }

    @Test
    void linesCarryAStampOfTheMonotonicClock() throws Exception {
        Path ringPath = directory.resolve("ring");
        try (CommandProcess server =
                        CommandProcess.start("server", "-p", "0", "-r", ringPath.toString(), "--stats-json", "-");
                Client client = new Client(server, "127.0.0.1");
                Ring ring = Ring.attach(ringPath)) {
            RingReader reader = ring.join(StartPosition.OLDEST);
            int before = (int) (System.nanoTime() / 1000);
            client.send(INVALID);
            LineBuffer lines = LineBuffer.ofLines(1, 128);
            await().until(() -> reader.segment(0).read(lines, 1) == 1);
            int after = (int) (System.nanoTime() / 1000);
            assertThat(lines.stamp(0) - before).isBetween(0, after - before);
        }
    }

    @Test
    void countsWhatAFullRingRefuses() throws Exception {
        Path ringPath = directory.resolve("ring");
        try (CommandProcess server = CommandProcess.start(
                        "server", "-p", "0", "-r", ringPath.toString(), "--lines", "16", "--stats-json", "-");
                Client client = new Client(server, "127.0.0.1");
                Ring ring = Ring.attach(ringPath)) {
            RingReader reader = ring.join(StartPosition.OLDEST);
            for (int i = 0; i < 100; i++) {
                client.send(INVALID);
            }
            assertThat(client.ask(1)).isEqualTo(2);
            server.terminate();
            Map<String, Object> summary = server.awaitReport("summary");
            List<String> read = new ArrayList<>();
            long readable = read(reader, read);
            assertThat(number(summary, "lines", "written")).isEqualTo(readable);
            assertThat(number(summary, "lines", "refused"))
                    .isEqualTo(100 - readable)
                    .isPositive();
            assertThat(ring.status().segments().get(0).dropped()).isEqualTo(100 - readable);
        }
    }

    @Test
    void spreadsClientsOverThreadsWithASegmentEach() throws Exception {
        Path ringPath = directory.resolve("ring");
        try (CommandProcess server = CommandProcess.start(
                        "server",
                        "-p",
                        "0",
                        "-t",
                        "4",
                        "-r",
                        ringPath.toString(),
                        "--line",
                        "short",
                        "--stats-json",
                        "-");
                Ring ring = attachWhenReady(server, ringPath)) {
            RingReader reader = ring.join(StartPosition.OLDEST);
            for (int i = 0; i < 64; i++) {
                try (Client client = new Client(server, "127.0.0.1")) {
                    client.send(INVALID);
                }
            }
            List<String> lines = new ArrayList<>();
            await().until(() -> read(reader, lines) == 64);
            assertThat(lines).containsOnly("127.0.0.1");
            server.terminate();
            List<?> threads = (List<?>) server.awaitReport("summary").get("threads");
            assertThat(threads)
                    .hasSize(4)
                    .filteredOn(thread -> ((Map<?, ?>) thread).get("messages") instanceof Number n && n.intValue() > 0)
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void binaryRecordsAreTheAddressInNetworkOrder() throws Exception {
        Path ringPath = directory.resolve("ring");
        try (CommandProcess server = CommandProcess.start(
                        "server", "-p", "0", "-r", ringPath.toString(), "--line", "binary", "--stats-json", "-");
                Client ipv4 = new Client(server, "127.0.0.1");
                Client ipv6 = new Client(server, "::1");
                Ring ring = Ring.attach(ringPath)) {
            RingReader reader = ring.join(StartPosition.OLDEST);
            ipv4.send(INVALID);
            assertThat(ipv4.ask(1)).isEqualTo(2);
            ipv6.send(INVALID);
            LineBuffer lines = LineBuffer.ofLines(2, 128);
            await().until(() -> lines.count() + reader.segment(0).read(lines, 2) >= 2);
            assertThat(bytes(lines, 0)).containsExactly(127, 0, 0, 1);
            assertThat(bytes(lines, 1)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        }
    }

    private static byte[] bytes(LineBuffer lines, int line) {
        byte[] bytes = new byte[lines.length(line)];
        lines.bytes().get(lines.start(line), bytes);
        return bytes;
    }

    @Test
    void whenSteeredTheSecondByteNamesTheThread() throws Exception {
        try (CommandProcess server =
                        CommandProcess.start("server", "-p", "0", "-t", "3", "--steered", "--stats-json", "-");
                Client client = new Client(server, "127.0.0.1")) {
            for (int i = 0; i < 10; i++) {
                client.send(INVALID, 1);
            }
            client.send(INVALID, 2);
            client.send(INVALID, 5);
            assertThat(client.ask(1)).isEqualTo(2);
            await().until(() -> "stats".equals(server.latestReport().get("type"))
                    && number(server.latestReport(), "received", "invalid", "ipv4") == 12);
            server.terminate();
            List<?> threads = (List<?>)
                    Objects.requireNonNull(server.awaitReport("summary").get("threads"));
            List<Integer> messages = threads.stream()
                    .map(thread -> Integer.valueOf(String.valueOf(((Map<?, ?>) thread).get("messages"))))
                    .toList();
            assertThat(messages).containsExactly(0, 10, 2);
        }
    }

    @Test
    void endsAfterItsDuration() throws Exception {
        try (CommandProcess server =
                CommandProcess.start("server", "-p", "0", "--duration", "300ms", "--stats-json", "-")) {
            assertThat(server.awaitExit()).isZero();
            assertThat(server.awaitReport("summary")).containsKey("threads");
            assertThat(server.err()).anyMatch(line -> line.startsWith("answered 0"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--port 70000, --port 70000",
        "--threads 0, --threads 0",
        "--listen 192.0.2.1, 192.0.2.1",
        "--log-file /nonexistent/log, /nonexistent/log",
        "--ring /nonexistent/ring, /nonexistent/ring",
        "--ring /dev/shm/x --line-size 20, --line-size 20",
        "--log-file /dev/null --line binary, --line binary",
        "--steered --io channel, --steered",
        "--duration soon, soon",
    })
    void badInputIsOneLineAndExitCode2(String arguments, String named) throws Exception {
        String[] command = ("server " + arguments).split(" ");
        try (CommandProcess server = CommandProcess.start(command)) {
            assertThat(server.awaitExit()).isEqualTo(2);
            assertThat(server.err()).singleElement().asString().contains(named);
        }
    }

    private static Ring attachWhenReady(CommandProcess server, Path path) {
        server.awaitReport("ready");
        return Ring.attach(path);
    }

    /** Adds what is there now; returns how many lines there are by now. */
    private static int read(RingReader reader, List<String> into) {
        LineBuffer lines = LineBuffer.ofLines(64, 128);
        for (int segment = 0; segment < reader.segments(); segment++) {
            lines.clear();
            reader.segment(segment).read(lines, 64);
            for (int i = 0; i < lines.count(); i++) {
                byte[] line = new byte[lines.length(i)];
                lines.bytes().get(lines.start(i), line);
                into.add(new String(line, StandardCharsets.US_ASCII));
            }
        }
        return into.size();
    }

    /** A client with a socket of its own. */
    private static final class Client implements AutoCloseable {

        // Not connected: the JDK would send an empty datagram with write(2), which does nothing then.
        private final DatagramSocket socket = new DatagramSocket();
        private final InetSocketAddress target;

        private Client(CommandProcess server, String address) throws IOException {
            int port = (int) number(server.awaitReport("ready"), "port");
            target = new InetSocketAddress(InetAddress.getByName(address), port);
        }

        void send(int... payload) throws IOException {
            byte[] bytes = new byte[payload.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) payload[i];
            }
            socket.send(new DatagramPacket(bytes, bytes.length, target));
        }

        int ask(int first) throws IOException {
            send(first);
            socket.setSoTimeout(10_000);
            DatagramPacket answer = new DatagramPacket(new byte[16], 16);
            socket.receive(answer);
            assertThat(answer.getLength()).isEqualTo(1);
            return answer.getData()[0] & 0xFF;
        }

        boolean hasNoAnswer() throws IOException {
            socket.setSoTimeout(50);
            try {
                socket.receive(new DatagramPacket(new byte[16], 16));
                return false;
            } catch (SocketTimeoutException silence) {
                return true;
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
