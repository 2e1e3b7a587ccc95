package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs and state in places that are forbidden, full or vanish, before a real daemon: one clear line, and the other sources go on. */
class BadPlacesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Root without its privileges: other users' files are theirs alone. */
    private static final List<String> WITHOUT_PRIVILEGES = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");

    @TempDir
    Path directory;

    private DaemonProcess launch(List<String> before, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--dry-run", "--pattern", "client <HOST> failed$", "--max-retry", "1"));
        all.addAll(List.of(arguments));
        return DaemonProcess.launch(directory, before, Map.of(), all);
    }

    private String socket() {
        return directory.resolve("control").toString();
    }

    private String banned() {
        return new OurClient(Path.of(socket()))
                .client("get", "run", "banip")
                .output()
                .trim();
    }

    private void awaitBanned(String... addresses) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(banned().split("\\s+")).containsExactlyInAnyOrder(addresses));
    }

    @Test
    void aLogThatMayNotBeReadIsNamedAndReadAsSoonAsItMay() throws Exception {
        Machine.needsRoot();
        Machine.needsPrograms("setpriv");
        AppLog open = new AppLog(directory.resolve("open.log"));
        AppLog secret = new AppLog(directory.resolve("secret.log"));
        Files.setAttribute(secret.file(), "unix:uid", 65_534);
        Files.setPosixFilePermissions(secret.file(), PosixFilePermissions.fromString("rw-------"));
        try (DaemonProcess daemon = launch(
                WITHOUT_PRIVILEGES,
                "--source",
                "file:" + secret.file(),
                "--source",
                "file:" + open.file(),
                "--socket",
                socket())) {
            daemon.awaitReady();
            assertThat(daemon.log()
                            .lines()
                            .filter(line -> line.contains(secret.file().toString())))
                    .singleElement()
                    .asString()
                    .contains("may not be read by user root; trying again, the other sources go on");
            open.fail("192.0.2.1", 1);
            awaitBanned("192.0.2.1");
            secret.fail("192.0.2.2", 1);
            Files.setPosixFilePermissions(secret.file(), PosixFilePermissions.fromString("rw-r--r--"));
            awaitBanned("192.0.2.1", "192.0.2.2");
        }
    }

    @Test
    void aLogOnADiskThatVanishesIsReadAgainWhenItIsBack() throws Exception {
        Machine.needsRoot();
        Path disk = Files.createDirectory(directory.resolve("disk"));
        AppLog other = new AppLog(directory.resolve("other.log"));
        run("mount", "-t", "tmpfs", "tmpfs", disk.toString());
        try (DaemonProcess daemon = launch(
                List.of(),
                "--source",
                "file:" + disk.resolve("app.log"),
                "--source",
                "file:" + other.file(),
                "--socket",
                socket())) {
            AppLog log = new AppLog(disk.resolve("app.log"));
            daemon.awaitReady();
            log.fail("192.0.2.1", 1);
            awaitBanned("192.0.2.1");
            run("umount", "-l", disk.toString());
            other.fail("192.0.2.2", 1);
            awaitBanned("192.0.2.1", "192.0.2.2");
            run("mount", "-t", "tmpfs", "tmpfs", disk.toString());
            AppLog again = new AppLog(disk.resolve("app.log"));
            again.fail("192.0.2.3", 1);
            awaitBanned("192.0.2.1", "192.0.2.2", "192.0.2.3");
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void stateOnAFullDiskIsRefusedInOneLine() throws Exception {
        Machine.needsRoot();
        AppLog log = new AppLog(directory.resolve("app.log"));
        Path disk = Files.createDirectory(directory.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        try {
            fill(disk.resolve("ballast"));
            try (DaemonProcess daemon = launch(
                    List.of(),
                    "--source",
                    "file:" + log.file(),
                    "--state",
                    disk.resolve("state").toString())) {
                assertThat(daemon.waitFor()).isEqualTo(2);
                assertThat(daemon.log().lines())
                        .singleElement()
                        .asString()
                        .contains(disk.toString())
                        .contains("the disk is full; make room on it");
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void fill(Path ballast) {
        try {
            Files.write(ballast, new byte[1 << 20]);
        } catch (IOException full) {
            return;
        }
        throw new AssertionError("the disk is not full");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
