package org.ipspipeline.ips.source.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LinesOf;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Debian's own programs send, and every message arrives once. */
@Timeout(60)
final class SyslogSourceTest {

    private static final int MESSAGES = 2000;

    @TempDir
    private Path directory;

    private Path input;

    @BeforeEach
    void writeInput() throws IOException {
        Machine.needsPrograms("logger");
        input = directory.resolve("input");
        Files.write(
                input,
                IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void receivesFromLoggerOverUdpInBothFormats() throws Exception {
        try (LineSource source = receive("udp:0")) {
            final LinesOf lines = new LinesOf(source);
            logger(List.of(lines), "-n", "127.0.0.1", "-P", port(source), "-d", "--rfc3164");
            awaitAll(lines, 1);
            logger(List.of(lines), "-n", "127.0.0.1", "-P", port(source), "-d", "--rfc5424");
            awaitAll(lines, 2);
            assertThat(lines.soFar().get(0)).matches("[A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} \\S+ tag: message 0");
            assertThat(lines.soFar().get(MESSAGES)).matches("20[0-9-]+T\\S+ \\S+ tag: message 0");
            assertThat(source.status().losses()).isEmpty();
        }
    }

    @Test
    void receivesFromLoggerOverTcpWithBothFramings() throws Exception {
        try (LineSource source = receive("tcp:0")) {
            final LinesOf lines = new LinesOf(source);
            logger(List.of(lines), "-n", "127.0.0.1", "-P", port(source), "-T", "--rfc3164");
            awaitAll(lines, 1);
            logger(List.of(lines), "-n", "127.0.0.1", "-P", port(source), "-T", "--octet-count", "--rfc5424");
            awaitAll(lines, 2);
        }
    }

    @Test
    void receivesFromLoggerAtAUnixSocketThatADeadProcessLeft() throws Exception {
        final Path socket = directory.resolve("log");
        // Whoever binds and dies leaves the file.
        run("python3", "-c", "import socket,sys; socket.socket(1,2).bind(sys.argv[1])", socket.toString());
        try (LineSource source = receive("unix:" + socket)) {
            final LinesOf lines = new LinesOf(source);
            logger(List.of(lines), "-u", socket.toString(), "-d");
            awaitAll(lines, 1);
            assertThat(lines.soFar().get(0)).matches("[A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} tag: message 0");
            assertThatThrownBy(() -> receive("unix:" + socket)).hasMessageContaining("another program receives there");
        }
        await().untilAsserted(() -> assertThat(socket).doesNotExist());
    }

    @Test
    void receivesWhatRsyslogForwards() throws Exception {
        Machine.needsPrograms("rsyslogd");
        try (LineSource plain = receive("tcp:0");
                LineSource counted = receive("tcp:0");
                LineSource datagrams = receive("udp:0")) {
            final Path configuration = directory.resolve("rsyslog.conf");
            final Path socket = directory.resolve("rsyslog.sock");
            Files.writeString(configuration, """
                    module(load="imuxsock" SysSock.Use="off")
                    input(type="imuxsock" Socket="%s")
                    action(type="omfwd" target="127.0.0.1" port="%s" protocol="tcp" template="RSYSLOG_TraditionalForwardFormat")
                    action(type="omfwd" target="127.0.0.1" port="%s" protocol="tcp" TCP_Framing="octet-counted"
                           template="RSYSLOG_SyslogProtocol23Format")
                    action(type="omfwd" target="127.0.0.1" port="%s" protocol="udp" template="RSYSLOG_ForwardFormat")
                    """.formatted(socket, port(plain), port(counted), port(datagrams)));
            final Process rsyslog = new ProcessBuilder(
                            "/usr/sbin/rsyslogd", "-n", "-f", configuration.toString(), "-i", directory + "/pid")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("rsyslog.out").toFile())
                    .start();
            try {
                await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(socket));
                final List<LinesOf> receivers =
                        Stream.of(plain, counted, datagrams).map(LinesOf::new).toList();
                logger(receivers, "-u", socket.toString(), "-d");
                for (LinesOf lines : receivers) {
                    await().untilAsserted(() -> assertThat(lines.soFar().stream()
                                    .filter(line -> line.contains("tag: message "))
                                    .map(line -> line.replaceAll(".*tag: +", "")))
                            .isEqualTo(Files.readAllLines(input)));
                }
                assertThat(Stream.of(plain, counted, datagrams))
                        .allMatch(source -> source.status().losses().isEmpty());
            } finally {
                rsyslog.destroy();
                rsyslog.waitFor();
            }
        }
    }

    @Test
    void countsDatagramsThatTheKernelDrops() throws Exception {
        try (LineSource source = receive("udp:0");
                DatagramSocket sender = new DatagramSocket()) {
            final byte[] message = ("<34>" + "x".repeat(1000)).getBytes(UTF_8);
            final int port = Integer.parseInt(port(source));
            long sent = 0;
            // Nobody takes lines: the hand-over is full, then the kernel's queue is.
            while (source.status().losses().isEmpty()) {
                for (int i = 0; i < 1000; i++) {
                    sender.send(new java.net.DatagramPacket(
                            message, message.length, InetAddress.getLoopbackAddress(), port));
                    sent++;
                }
                if (sent > 100_000) {
                    break;
                }
            }
            final long all = sent;
            final LinesOf lines = new LinesOf(source);
            await().untilAsserted(() -> {
                lines.soFar();
                assertThat(source.status().lines() + source.status().lostLines())
                        .isEqualTo(all);
            });
            assertThat(source.status().losses()).extracting("reason").containsExactly(LossReason.QUEUE_FULL);
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> receive("tcp:" + taken.getLocalPort()))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("the port is in use by another program");
        }
        assertThatThrownBy(() -> receive("udp:1.2.3.4:9999"))
                .hasMessage("syslog:udp:1.2.3.4:9999: cannot listen there: cannot assign requested address");
        Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> receive("unix:" + directory.resolve("file")))
                .hasMessageContaining("something that is no socket is there");
        assertThatThrownBy(() -> SyslogAddress.parse("udp:99999")).hasMessageContaining("goes one of udp:PORT");
    }

    private void awaitAll(LinesOf lines, int times) {
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < times * MESSAGES; i++) {
            expected.add("tag: message " + i % MESSAGES);
        }
        await().untilAsserted(() -> assertThat(lines.soFar().stream().map(line -> line.replaceAll(".* tag:", "tag:")))
                .isEqualTo(expected));
    }

    /** Takes lines while it sends: senders wait when nobody does. */
    private void logger(List<LinesOf> receivers, String... where) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("logger", "-t", "tag", "-f", input.toString()));
        command.addAll(List.of(where));
        final Process logger = new ProcessBuilder(command).inheritIO().start();
        while (!logger.waitFor(1, TimeUnit.MILLISECONDS)) {
            for (LinesOf lines : receivers) {
                lines.soFar();
            }
        }
        assertThat(logger.exitValue()).isZero();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static String port(LineSource source) {
        return source.status().state().replaceAll(".* port (\\d+),.*", "$1");
    }

    private static LineSource receive(String address) {
        return SyslogSource.receive("syslog:" + address, SyslogAddress.parse(address), new Doorbell(1_000_000), 2000);
    }
}
