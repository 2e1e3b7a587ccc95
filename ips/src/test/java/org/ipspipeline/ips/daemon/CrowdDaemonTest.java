package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.control.ControlClient;
import org.ipspipeline.ips.enforce.VethPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that bans a network for its many addresses, before real packets. */
class CrowdDaemonTest {

    @TempDir
    Path directory;

    @Test
    void whoNeverFailedIsBannedWithTheNetworkAlsoAfterARestart() throws Exception {
        AppLog log = new AppLog(directory.resolve("app.log"));
        String file = Files.writeString(directory.resolve("jails.toml"), """
                [jail.app]
                logs = "%s"
                patterns = ['client <HOST> failed$']
                max_retry = 1
                ban_network = "2/30"
                ignore_self = false
                """.formatted(log.file()))
                .toString();
        try (VethPair network = VethPair.create()) {
            try (DaemonProcess daemon = start(network, file)) {
                daemon.awaitReady();
                log.fail("10.77.0.2", 1);
                await().untilAsserted(
                                () -> assertThat(network.arrives("10.77.0.2")).isFalse());
                assertThat(network.arrives("10.77.0.3")).isTrue();
                log.fail("10.77.0.1", 1);
                await().untilAsserted(
                                () -> assertThat(network.arrives("10.77.0.3")).isFalse());
                assertThat(network.arrives("10.77.0.4"))
                        .as("of the next network")
                        .isTrue();
                daemon.signal("TERM");
                daemon.waitFor();
            }
            assertThat(network.arrives("10.77.0.3")).isTrue();
            try (DaemonProcess daemon = start(network, file)) {
                daemon.awaitReady();
                await().untilAsserted(
                                () -> assertThat(network.arrives("10.77.0.3")).isFalse());
                try (ControlClient client = new ControlClient(directory.resolve("control"))) {
                    assertThat(client.ask(List.of("banned", "10.77.0.3"))).isEqualTo(List.of(List.of("app")));
                    assertThat(client.ask(List.of("unban", "10.77.0.3"))).isEqualTo(1);
                }
                await().untilAsserted(
                                () -> assertThat(network.arrives("10.77.0.3")).isTrue());
                assertThat(network.arrives("10.77.0.2")).as("banned by itself").isFalse();
            }
        }
    }

    private DaemonProcess start(VethPair network, String file) {
        return DaemonProcess.launch(
                directory,
                List.of("ip", "netns", "exec", network.host()),
                Map.of(),
                List.of(
                        "--config",
                        file,
                        "--interface",
                        VethPair.INTERFACE,
                        "--socket",
                        directory.resolve("control").toString(),
                        "--state",
                        directory.resolve("state").toString()));
    }
}
