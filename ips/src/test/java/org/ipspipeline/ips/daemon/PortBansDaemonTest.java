package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.control.ControlClient;
import org.ipspipeline.ips.enforce.VethPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose jails ban from some ports, before real packets. */
class PortBansDaemonTest {

    @TempDir
    Path directory;

    private Path write(AppLog log, String ports) throws IOException {
        return Files.writeString(directory.resolve("jails.toml"), """
                [jail.app]
                logs = "%s"
                patterns = ['client <HOST> failed$']
                max_retry = 2
                protocol = "udp"
                ports = [%s]
                """.formatted(log.file(), ports));
    }

    @Test
    void aClientIsBannedFromTheJailsPortsAndAfterAReloadFromOthers() throws Exception {
        AppLog log = new AppLog(directory.resolve("app.log"));
        String file = write(log, "\"9\"").toString();
        String socket = directory.resolve("control").toString();
        try (VethPair network = VethPair.create();
                DaemonProcess daemon = DaemonProcess.launch(
                        directory,
                        List.of("ip", "netns", "exec", network.host()),
                        Map.of(),
                        List.of("--config", file, "--interface", VethPair.INTERFACE, "--socket", socket))) {
            daemon.awaitReady();
            log.fail("10.77.0.2", 2);
            log.fail("fd77::2", 2);
            await().untilAsserted(() -> assertThat(network.arrives("10.77.0.2")).isFalse());
            await().untilAsserted(() -> assertThat(network.arrives("fd77::2")).isFalse());
            assertThat(network.arrives("10.77.0.2", VethPair.OTHER_PORT)).isTrue();
            assertThat(network.arrives("fd77::2", VethPair.OTHER_PORT)).isTrue();

            write(log, "\"19\"");
            try (ControlClient client = new ControlClient(Path.of(socket))) {
                client.ask(List.of("reload"));
                assertThat(network.arrives("10.77.0.2")).isTrue();
                assertThat(network.arrives("10.77.0.2", VethPair.OTHER_PORT)).isFalse();
                assertThat(network.arrives("fd77::2", VethPair.OTHER_PORT)).isFalse();

                client.ask(List.of("set", "app", "unbanip", "10.77.0.2"));
                await().untilAsserted(() -> assertThat(network.arrives("10.77.0.2", VethPair.OTHER_PORT))
                        .isTrue());
                assertThat(network.arrives("fd77::2", VethPair.OTHER_PORT)).isFalse();
            }
        }
    }

    @Test
    void aPortThatIsNoneIsNamed() throws Exception {
        AppLog log = new AppLog(directory.resolve("app.log"));
        String file = write(log, "\"sssh\"").toString();
        try (DaemonProcess daemon =
                DaemonProcess.launch(directory, List.of(), Map.of(), List.of("--config", file, "--dry-run"))) {
            assertThat(daemon.waitFor()).isEqualTo(2);
            assertThat(daemon.log())
                    .contains("jails.toml:1: jail 'app': port 'sssh' is neither a number nor in /etc/services");
        }
    }
}
