package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ips.control.ControlClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon with a jail whose command says whom not to ban. */
class IgnoreCommandDaemonTest {

    @TempDir
    Path directory;

    @Nullable
    private Object banned() throws IOException {
        try (ControlClient client = new ControlClient(directory.resolve("control"))) {
            return client.ask(List.of("get", "app", "banned"));
        }
    }

    @Test
    void whomTheCommandIgnoresIsNotBannedAndBeginsAtZero() throws IOException {
        Fail2banTree tree = new Fail2banTree(directory);
        AppLog log = new AppLog(directory.resolve("app.log"));
        Path friend = Files.createFile(directory.resolve("192.0.2.1"));
        Path asked = directory.resolve("asked");
        tree.jail("app", log.file(), "ignorecommand = echo <ip> >> " + asked + " && test -e " + directory + "/<ip>");
        try (DaemonProcess daemon = DaemonProcess.start(
                directory,
                "--config",
                tree.directory().toString(),
                "--dry-run",
                "--socket",
                directory.resolve("control").toString())) {
            log.fail("192.0.2.1", 3);
            daemon.awaitLog("192.0.2.1 is ignored");
            log.fail("192.0.2.2", 3);
            await().untilAsserted(() -> assertThat(banned()).isEqualTo(List.of("192.0.2.2")));

            Files.delete(friend);
            log.fail("192.0.2.1", 2);
            log.fail("192.0.2.3", 3);
            await().untilAsserted(() -> assertThat(banned()).isEqualTo(List.of("192.0.2.2", "192.0.2.3")));
            log.fail("192.0.2.1", 1);
            await().untilAsserted(() -> assertThat(String.valueOf(banned())).contains("192.0.2.1"));
        }
        assertThat(Files.readAllLines(asked)).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1");
    }
}
