package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.control.ControlClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that runs the jails of a TOML file. */
class TomlDaemonTest {

    @TempDir
    Path directory;

    @Nullable
    private Object ask(String... words) throws IOException {
        try (ControlClient client = new ControlClient(directory.resolve("control"))) {
            return client.ask(List.of(words));
        }
    }

    private Path write(AppLog log, int maxRetry) throws IOException {
        return Files.writeString(directory.resolve("jails.toml"), """
                [defaults]
                ban_time = "1h"

                [jail.app]
                logs = "%s"
                patterns = ['client <HOST> failed$']
                max_retry = %d
                """.formatted(log.file(), maxRetry));
    }

    private void awaitBanned(String... addresses) {
        await().untilAsserted(() -> assertThat(ask("get", "app", "banned")).isEqualTo(List.of(addresses)));
    }

    @Test
    void itsJailsBanAndAreChangedAndReadAgain() throws IOException {
        AppLog log = new AppLog(directory.resolve("app.log"));
        String file = write(log, 3).toString();
        String socket = directory.resolve("control").toString();
        try (DaemonProcess daemon = DaemonProcess.start(directory, "--config", file, "--dry-run", "--socket", socket)) {
            log.fail("192.0.2.1", 3);
            log.fail("192.0.2.2", 2);
            awaitBanned("192.0.2.1");

            assertThat(ask("set", "app", "maxretry", "2")).isEqualTo(2);
            log.fail("192.0.2.3", 2);
            awaitBanned("192.0.2.1", "192.0.2.3");

            write(log, 1);
            ask("reload");
            assertThat(ask("get", "app", "maxretry")).isEqualTo(1);
            log.fail("192.0.2.4", 1);
            awaitBanned("192.0.2.1", "192.0.2.3", "192.0.2.4");
            assertThat(daemon.log()).contains("reloaded " + file);
        }
    }

    @Test
    void aMistakeIsNamedAndEndsIt() throws IOException {
        AppLog log = new AppLog(directory.resolve("app.log"));
        Path file = write(log, 3);
        Files.writeString(file, Files.readString(file).replace("max_retry", "max_rety"));
        try (DaemonProcess daemon = DaemonProcess.launch(
                directory, List.of(), Map.of(), List.of("--config", file.toString(), "--dry-run"))) {
            assertThat(daemon.waitFor()).isEqualTo(2);
            assertThat(daemon.log())
                    .contains("jails.toml:7: 'max_rety' of [jail.app] is not known; did you mean 'max_retry'?");
        }
    }
}
