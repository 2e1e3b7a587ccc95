package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jail's own actions, in a daemon that does nothing else about bans. */
final class JailActionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private void action(Fail2banTree tree, String name) {
        Path diary = diary(name);
        tree.write(
                "action.d/" + name + ".conf",
                String.join(
                        "\n",
                        "[Definition]",
                        "actionstart = echo start >> " + diary,
                        "actionstop = echo stop >> " + diary,
                        "actionban = echo ban <ip> for <bantime> after <failures> >> " + diary,
                        "actionunban = echo unban <ip> >> " + diary,
                        ""));
    }

    private Path diary(String action) {
        return directory.resolve(action + ".diary");
    }

    private List<String> lines(String action) throws IOException {
        return Files.exists(diary(action)) ? Files.readAllLines(diary(action)) : List.of();
    }

    private void awaitLines(String action, String... lines) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines(action)).containsExactly(lines));
    }

    @Test
    void areRunAndFollowTheConfiguration() throws IOException {
        Fail2banTree tree = new Fail2banTree(directory);
        action(tree, "first");
        action(tree, "second");
        AppLog log = new AppLog(directory.resolve("app.log"));
        tree.jail("app", log.file(), "action = first");
        Path socket = directory.resolve("control");
        try (DaemonProcess daemon = DaemonProcess.start(
                directory,
                "--config",
                tree.directory().toString(),
                "--dry-run",
                "--jail-actions",
                "--socket",
                socket.toString())) {
            awaitLines("first", "start");
            log.fail("192.0.2.1", 3);
            awaitLines("first", "start", "ban 192.0.2.1 for 600 after 3");
            new OurClient(socket).client("unban", "192.0.2.1");
            awaitLines("first", "start", "ban 192.0.2.1 for 600 after 3", "unban 192.0.2.1");
            log.fail("192.0.2.2", 4);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lines("first")).hasSize(4));

            tree.jail("app", log.file(), "action = second");
            daemon.signal("HUP");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lines("second"))
                            .startsWith("start")
                            .hasSize(2)
                            .last()
                            .asString()
                            .startsWith("ban 192.0.2.2 for "));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lines("first")).endsWith("unban 192.0.2.2", "stop"));
            daemon.signal("TERM");
            daemon.waitFor();
            assertThat(lines("second")).endsWith("unban 192.0.2.2", "stop");
        }
    }
}
