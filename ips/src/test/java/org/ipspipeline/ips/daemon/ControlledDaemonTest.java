package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.control.ControlClient;
import org.ipspipeline.ips.control.ControlException;
import org.ipspipeline.ips.control.Fail2banText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon with two jails, commanded through its socket. */
class ControlledDaemonTest {

    @TempDir
    Path directory;

    private Fail2banTree tree;
    private AppLog first;
    private AppLog second;
    private Path socket;
    private DaemonProcess daemon;

    @BeforeEach
    void start() {
        tree = new Fail2banTree(directory);
        first = new AppLog(directory.resolve("first.log"));
        second = new AppLog(directory.resolve("second.log"));
        tree.jail("first", first.file(), "");
        tree.jail("second", second.file(), "maxretry = 2");
        socket = directory.resolve("control");
        daemon = DaemonProcess.start(
                directory, "--config", tree.directory().toString(), "--dry-run", "--socket", socket.toString());
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private @Nullable Object ask(String... words) throws IOException {
        try (ControlClient client = new ControlClient(socket)) {
            return client.ask(List.of(words));
        }
    }

    private void awaitBanned(String jail, String... addresses) {
        await().untilAsserted(() -> assertThat(ask("get", jail, "banned")).isEqualTo(List.of(addresses)));
    }

    @Test
    void onlyItsOwnerMaySpeakWithIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(ask("ping")).isEqualTo("pong");
        assertThat(ask("stop")).isNull();
        assertThat(daemon.waitFor()).isZero();
        assertThat(socket).doesNotExist();
    }

    @Test
    void aSecondDaemonDoesNotTakeTheSocket() {
        DaemonProcess other = DaemonProcess.launch(
                directory.resolve("conf"),
                List.of(),
                Map.of(),
                List.of("--config", tree.directory().toString(), "--dry-run", "--socket", socket.toString()));
        try (other) {
            assertThat(other.waitFor()).isEqualTo(2);
            assertThat(other.log()).contains("another daemon answers there");
        }
    }

    @Test
    void aReloadKeepsWhatStaysAndLiftsWhatGoes() throws IOException {
        first.fail("192.0.2.1", 3);
        first.fail("192.0.2.2", 2);
        second.fail("192.0.2.3", 2);
        awaitBanned("first", "192.0.2.1");
        awaitBanned("second", "192.0.2.3");
        AppLog third = new AppLog(directory.resolve("third.log"));
        tree.jail("third", third.file(), "maxretry = 1");
        tree.remove("jail.d/second.conf");
        daemon.signal("HUP");
        daemon.awaitLog("reloaded");
        assertThat(ask("get", "first", "banned")).isEqualTo(List.of("192.0.2.1"));
        assertThat(daemon.log()).contains("NOTICE  [second] Unban 192.0.2.3");
        // The two failures from before the reload count.
        first.fail("192.0.2.2", 1);
        awaitBanned("first", "192.0.2.1", "192.0.2.2");
        third.fail("192.0.2.4", 1);
        awaitBanned("third", "192.0.2.4");
        assertThat(Fail2banText.of(List.of("status"), ask("status")))
                .isEqualTo("Status\n|- Number of jail:\t2\n`- Jail list:\tfirst, third");
    }

    @Test
    void aConfigurationWithAMistakeChangesNothing() throws IOException {
        first.fail("192.0.2.1", 3);
        awaitBanned("first", "192.0.2.1");
        tree.jail("second", second.file(), "maxretry = 7");
        tree.jail("third", first.file(), "failregex = ^client (<HOST> failed$");
        assertThatThrownBy(() -> ask("reload"))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("third")
                .hasMessageContaining("failregex");
        daemon.signal("HUP");
        daemon.awaitLog("not reloaded, everything goes on as before");
        assertThat(ask("get", "second", "maxretry")).isEqualTo(2);
        assertThat(ask("get", "first", "banned")).isEqualTo(List.of("192.0.2.1"));
        second.fail("192.0.2.5", 2);
        awaitBanned("second", "192.0.2.5");
    }

    @Test
    void settingsChangeUntilTheNextReloadAndWrongOnesChangeNothing() throws IOException {
        assertThat(ask("set", "first", "maxretry", "1")).isEqualTo(1);
        first.fail("192.0.2.1", 1);
        awaitBanned("first", "192.0.2.1");
        assertThat(ask("set", "first", "addignoreip", "192.0.2.0/24")).isEqualTo(List.of("192.0.2.0/24"));
        assertThatThrownBy(() -> ask("set", "first", "maxretry", "x")).hasMessageContaining("maxretry");
        assertThat(ask("set", "first", "bantime", "20m")).isEqualTo(1200);
        first.fail("192.0.2.2", 1);
        first.fail("198.51.100.1", 1);
        awaitBanned("first", "192.0.2.1", "198.51.100.1");
        assertThat(ask("set", "first", "idle", "on")).isEqualTo(true);
        first.fail("198.51.100.2", 1);
        await().untilAsserted(
                        () -> assertThat(String.valueOf(ask("status", "first"))).contains("[Total failed, 2]"));
        assertThat(ask("set", "first", "idle", "off")).isEqualTo(false);
        assertThat(ask("reload")).isEqualTo("OK");
        assertThat(ask("get", "first", "maxretry")).isEqualTo(3);
        assertThat(ask("get", "first", "ignoreip")).isEqualTo(List.of());
        assertThat(ask("get", "first", "banned")).isEqualTo(List.of("192.0.2.1", "198.51.100.1"));
    }

    @Test
    void operatorsBanAndUnban() throws IOException {
        assertThat(ask("set", "first", "banip", "2001:db8::1", "192.0.2.0/25")).isEqualTo(2);
        assertThat(ask("set", "first", "banip", "2001:db8::1")).isEqualTo(0);
        assertThat(ask("ban", "second", "1h", "2001:db8::1")).isEqualTo(1);
        assertThat(ask("banned", "2001:db8::1", "203.0.113.1"))
                .isEqualTo(List.of(List.of("first", "second"), List.of()));
        assertThatThrownBy(() -> ask("set", "first", "banip", "not-an-ip"))
                .hasMessageContaining("'not-an-ip' is no address");
        assertThat(ask("unban", "2001:db8::1")).isEqualTo(2);
        assertThat(ask("unban", "--all")).isEqualTo(1);
        assertThat(ask("banned")).isEqualTo(List.of(Map.of("first", List.of()), Map.of("second", List.of())));
        assertThatThrownBy(() -> ask("status", "nowhere"))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ControlException.Kind.UNKNOWN_JAIL));
    }
}
