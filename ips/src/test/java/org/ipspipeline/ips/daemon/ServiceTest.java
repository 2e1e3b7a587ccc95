package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon tells systemd, whose part a Python process plays. */
class ServiceTest {

    private static final List<String> LISTENER = List.of(
            "import socket, sys",
            "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)",
            "s.bind(sys.argv[1])",
            "while True:",
            "    print(s.recv(4096).decode().replace('\\n', ' '), flush=True)");

    @TempDir
    Path directory;

    @Test
    void systemdIsToldOfTheDaemonsLife() throws Exception {
        Python.need();
        Path socket = directory.resolve("notify");
        Path told = directory.resolve("told");
        Process systemd = new ProcessBuilder("python3", "-c", String.join("\n", LISTENER), socket.toString())
                .redirectOutput(told.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Fail2banTree tree = new Fail2banTree(directory);
        AppLog log = new AppLog(directory.resolve("app.log"));
        tree.jail("app", log.file(), "");
        try {
            await().until(() -> Files.exists(socket));
            try (DaemonProcess daemon = DaemonProcess.launch(
                    directory,
                    List.of(),
                    Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "200000"),
                    List.of(
                            "--config",
                            tree.directory().toString(),
                            "--dry-run",
                            "--socket",
                            directory.resolve("control").toString()))) {
                await("READY")
                        .untilAsserted(
                                () -> assertThat(Files.readString(told)).startsWith("READY=1 STATUS=jails: app\n"));
                await("watchdog")
                        .untilAsserted(() -> assertThat(Files.readString(told)).contains("\nWATCHDOG=1\nWATCHDOG=1\n"));
                daemon.signal("HUP");
                await("reload")
                        .untilAsserted(() -> assertThat(Files.readString(told))
                                .containsPattern("\nRELOADING=1 MONOTONIC_USEC=\\d+\n(WATCHDOG=1\n)*READY=1 "));
                daemon.signal("TERM");
                assertThat(daemon.waitFor()).isEqualTo(128 + 15);
                await("end")
                        .untilAsserted(() -> assertThat(Files.readString(told)).contains("\nSTOPPING=1\n"));
            }
        } finally {
            systemd.destroyForcibly().waitFor();
        }
    }
}
