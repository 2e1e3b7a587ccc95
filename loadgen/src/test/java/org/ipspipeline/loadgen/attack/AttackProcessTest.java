package org.ipspipeline.loadgen.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.loadgen.process.CommandProcess.number;
import static org.ipspipeline.loadgen.process.CommandProcess.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ipspipeline.loadgen.process.CommandProcess;
import org.ipspipeline.loadgen.process.VethPair;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks as processes, against a server that is one, through a veth pair and on the loopback interface. */
final class AttackProcessTest {

    /** Leaves root its files, but takes every privilege that the kernel would grant. */
    private static final List<String> UNPRIVILEGED = List.of("setpriv", "--bounding-set", "-all");

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"packet", "xdp", "sockets"})
    void whatItSaysItSentArrivesFromEveryAttackerOfBothFamilies(String sender) throws Exception {
        Path log = directory.resolve("log");
        try (VethPair network = VethPair.create()) {
            network.turnGroOn();
            try (CommandProcess server =
                    network.onTarget("server", "--log-file", log.toString(), "--stats-json", "-", "--line", "short")) {
                server.awaitReport("ready");
                Map<String, Object> sent = attack(
                        network,
                        "--target 10.3.10.1 --target fd10:3:10::1 --attackers 200 --pps 20k --valid-pps 0 --duration 1s"
                                + " --sender " + sender);
                long ipv4 = number(sent, "sent", "invalid", "ipv4");
                long ipv6 = number(sent, "sent", "invalid", "ipv6");
                assertThat(ipv4).isPositive();
                assertThat(Math.abs(ipv4 - ipv6)).isLessThanOrEqualTo(1 << 18);
                assertThat(number(sent, "interface", "sent")).isGreaterThanOrEqualTo(ipv4 + ipv6);
                Map<String, Object> received = summaryOf(server, ipv4 + ipv6);
                assertThat(number(received, "received", "invalid", "ipv4")
                                + number(received, "received", "invalid", "ipv6")
                                + number(received, "queue_dropped"))
                        .isEqualTo(ipv4 + ipv6);
                Set<String> clients = Set.copyOf(Files.readAllLines(log));
                assertThat(clients)
                        .hasSize(200)
                        .contains("192.168.0.1", "192.168.0.100", "fd00:192:168::1", "fd00:192:168::64");
            }
        }
    }

    /** Waits until the server has seen everything, then ends it. */
    private static Map<String, Object> summaryOf(CommandProcess server, long packets) {
        await().until(() -> {
            Map<String, Object> now = server.latestReport();
            return "ready".equals(now.get("type"))
                    ? packets == 0
                    : number(now, "received", "invalid", "ipv4")
                                    + number(now, "received", "invalid", "ipv6")
                                    + number(now, "queue_dropped")
                            >= packets;
        });
        server.terminate();
        return server.awaitReport("summary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"packet", "xdp"})
    void aSkewedAttackKeepsItsSharesOverTheSegments(String sender) throws Exception {
        try (VethPair network = VethPair.create()) {
            network.turnGroOn();
            try (CommandProcess server = network.onTarget("server", "-t", "3", "--steered", "--stats-json", "-")) {
                server.awaitReport("ready");
                Map<String, Object> sent = attack(
                        network,
                        "--target 10.3.10.1 --pps 20k --valid-pps 0 --duration 1s --segment-shares 8,0,2 --sender "
                                + sender);
                long all = number(sent, "sent", "invalid", "ipv4");
                List<?> threads =
                        (List<?>) Objects.requireNonNull(summaryOf(server, all).get("threads"));
                List<Long> messages = threads.stream()
                        .map(thread ->
                                ((Number) Objects.requireNonNull(((Map<?, ?>) thread).get("messages"))).longValue())
                        .toList();
                assertThat(messages.get(1)).isZero();
                // The shares may be apart by the packets of a turn.
                assertThat(messages.get(0)).isBetween(7 * all / 10, 9 * all / 10);
                assertThat(messages.get(0) + messages.get(2)).isEqualTo(all);
            }
        }
    }

    @Test
    void aCaptureIsSentAgainAsItWasCaptured() throws Exception {
        Path pcap = directory.resolve("capture.pcap");
        Captures.write(pcap, 300, 500_000);
        Path log = directory.resolve("log");
        try (VethPair network = VethPair.create();
                CommandProcess server = network.onTarget(
                        "server", "--log-file", log.toString(), "--stats-json", "-", "--line", "short")) {
            server.awaitReport("ready");
            // The end of the capture ends the attack.
            Map<String, Object> sent = attack(network, "--target 10.3.10.1 --valid-pps 0 --pcap " + pcap);
            assertThat(real(sent, "time_s")).isGreaterThanOrEqualTo(0.49);
            assertThat(number(sent, "sent", "invalid", "ipv4")).isEqualTo(200);
            assertThat(number(sent, "sent", "invalid", "ipv6")).isEqualTo(100);
            summaryOf(server, 300);
            assertThat(Files.readAllLines(log)).isEqualTo(Captures.clients(300));
        }
    }

    @Test
    void validClientsGetTheirAnswersAmidTheAttack() throws Exception {
        try (VethPair network = VethPair.create();
                CommandProcess server = network.onTarget("server", "-t", "2", "--stats-json", "-")) {
            server.awaitReport("ready");
            Map<String, Object> summary = attack(
                    network,
                    "--target 10.3.10.1 --target fd10:3:10::1 --pps 1000 --valid-pps 2000 --valid-clients 20 --duration 1s");
            assertThat(number(summary, "sent", "valid", "ipv4")).isPositive();
            assertThat(number(summary, "sent", "valid", "ipv6")).isPositive();
            assertThat(number(summary, "answered"))
                    .isEqualTo(number(summary, "sent", "valid", "ipv4") + number(summary, "sent", "valid", "ipv6"));
            assertThat(number(summary, "unexpected")).isZero();
            assertThat(number(summary, "latency_us", "max")).isPositive();
        }
    }

    @Test
    void withoutAServerValidClientsAreToldSo() throws Exception {
        try (CommandProcess attack = CommandProcess.start(
                "attack --target 127.0.0.1 --port 9 --pps 100 --valid-pps 100 --duration 500ms --stats-json -"
                        .split(" "))) {
            Map<String, Object> summary = attack.awaitReport("summary");
            assertThat(number(summary, "unreachable")).isPositive();
            assertThat(number(summary, "answered")).isZero();
            assertThat(attack.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, ipv4", "::1, ipv6"})
    void unprivilegedItAttacksFromManyAddressesOnLoopback(String target, String family) throws Exception {
        Machine.needsPrograms("setpriv");
        Path log = directory.resolve("log");
        try (CommandProcess server = CommandProcess.start(
                "server", "-p", "0", "--log-file", log.toString(), "--line", "short", "--stats-json", "-")) {
            long port = number(server.awaitReport("ready"), "port");
            try (CommandProcess attack = CommandProcess.startIn(
                    System.getProperty("user.name", "").equals("root") ? UNPRIVILEGED : List.of(),
                    ("attack --target " + target + " --port " + port
                                    + " --attackers 300 --pps 10k --valid-pps 1000 --duration 1s --stats-json -")
                            .split(" "))) {
                Map<String, Object> summary = attack.awaitReport("summary");
                assertThat(attack.awaitExit()).isZero();
                long sent = number(summary, "sent", "invalid", family);
                assertThat(sent).isPositive();
                assertThat(number(summary, "answered")).isEqualTo(number(summary, "sent", "valid", family));
                assertThat(number(summaryOf(server, sent), "received", "invalid", family))
                        .isEqualTo(sent);
                assertThat(Set.copyOf(Files.readAllLines(log))).hasSize(300);
            }
        }
    }

    @Test
    void framesThatWouldVanishAreRefusedAndAutoFindsAnotherWay() throws Exception {
        try (VethPair network = VethPair.create()) {
            try (CommandProcess attack =
                    network.onAttackers("attack --target 10.3.10.1 --sender xdp --duration 1s".split(" "))) {
                assertThat(attack.awaitExit()).isEqualTo(2);
                assertThat(attack.err())
                        .singleElement()
                        .asString()
                        .contains("vanish")
                        .contains("gro on");
            }
            Map<String, Object> summary =
                    attack(network, "--target 10.3.10.1 --pps max --valid-pps 0 --duration 300ms");
            assertThat(number(summary, "sent", "invalid", "ipv4")).isPositive();
            assertThat(network.receivedByTarget()).isGreaterThanOrEqualTo(number(summary, "sent", "invalid", "ipv4"));
        }
    }

    @Test
    void theShortfallIsWhatIsMissing() throws Exception {
        try (VethPair network = VethPair.create()) {
            Map<String, Object> summary =
                    attack(network, "--target 10.3.10.1 --pps 500M --valid-pps 0 --sender packet --duration 500ms");
            double seconds = real(summary, "time_s");
            double missing = 1 - number(summary, "sent", "invalid", "ipv4") / (500e6 * seconds);
            assertThat(real(summary, "shortfall_percent"))
                    .isCloseTo(100 * missing, org.assertj.core.data.Offset.offset(0.5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--target 127.0.0.1 --interface nonesuch, nonesuch",
        "--target nonsense.invalid, nonsense.invalid",
        "--target 127.0.0.1 --attackers 0, --attackers 0",
        "--target 127.0.0.1 --attackers 2000000, --attackers 2000000",
        "--target 127.0.0.1 --pps many, many",
        "--target 127.0.0.1 --family both, IPv6",
        "--target 127.0.0.1 --sender packet, no Ethernet interface",
        "--target 127.0.0.1 --target-mac nonsense, nonsense",
        "--target 127.0.0.1 --segment-shares 0, --segment-shares",
        "--target 127.0.0.1 --pcap /nonexistent, no such file",
        "--target 127.0.0.1 --pcap /proc/version, no pcap file",
    })
    void badInputIsOneLineAndExitCode2(String arguments, String named) throws Exception {
        try (CommandProcess attack = CommandProcess.start(("attack --duration 1s " + arguments).split(" "))) {
            assertThat(attack.awaitExit()).isEqualTo(2);
            assertThat(attack.err()).singleElement().asString().contains(named);
        }
    }

    private static Map<String, Object> attack(VethPair network, String arguments) throws IOException {
        try (CommandProcess attack = network.onAttackers(("attack --stats-json - " + arguments).split(" "))) {
            Map<String, Object> summary = attack.awaitReport("summary");
            assertThat(attack.awaitExit()).as(() -> attack.err().toString()).isZero();
            return summary;
        }
    }
}
