package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon reads of logs that were there before it, and what one reads that another has read a part of. */
final class RestartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JAIL = "app";

    @TempDir
    private Path directory;

    private DaemonProcess start(Path configuration, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--config", configuration.toString(), "--dry-run", "--socket", socket().toString()));
        arguments.addAll(List.of(more));
        return DaemonProcess.start(directory, arguments.toArray(String[]::new));
    }

    private Path socket() {
        return directory.resolve("control");
    }

    private String banned() {
        return new OurClient(socket()).client("get", JAIL, "banip").output().trim();
    }

    private void awaitBanned(String... addresses) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(banned().split("\\s+")).containsExactlyInAnyOrder(addresses));
    }

    @Test
    void failuresWithinTheFindTimeCountThatWereThereBefore() {
        Fail2banTree tree = new Fail2banTree(directory);
        AppLog log = new AppLog(directory.resolve("app.log"));
        tree.jail(JAIL, log.file(), "findtime = 10m");
        log.fail("192.0.2.1", 5, Duration.ofMinutes(25));
        log.fail("192.0.2.2", 2, Duration.ofMinutes(12));
        log.fail("192.0.2.3", 3, Duration.ofMinutes(8));
        log.fail("192.0.2.2", 2, Duration.ofMinutes(1));
        try (DaemonProcess daemon = start(tree.directory())) {
            awaitBanned("192.0.2.3");
            log.fail("192.0.2.2", 1);
            awaitBanned("192.0.2.2", "192.0.2.3");
            assertThat(daemon.log()).doesNotContain("192.0.2.1");
        }
    }

    @Test
    void aKilledDaemonsPlaceIsWhereTheNextOneGoesOn() {
        Fail2banTree tree = new Fail2banTree(directory);
        AppLog log = new AppLog(directory.resolve("app.log"));
        tree.jail(JAIL, log.file(), "findtime = 10m");
        String state = directory.resolve("state").toString();
        log.fail("192.0.2.1", 3);
        try (DaemonProcess daemon = start(tree.directory(), "--state", state)) {
            awaitBanned("192.0.2.1");
            new OurClient(socket()).client("unban", "192.0.2.1");
            log.fail("192.0.2.2", 3);
            awaitBanned("192.0.2.2");
            // What was given before is known to be handled as soon as there is more.
            log.fail("192.0.2.3", 1);
            await().atMost(PATIENCE)
                    .until(() -> new OurClient(socket())
                            .client("status", JAIL)
                            .output()
                            .contains("Total failed:\t7"));
            daemon.signal("KILL");
            daemon.waitFor();
        }
        log.fail("192.0.2.4", 3);
        try (DaemonProcess daemon = start(tree.directory(), "--state", state)) {
            // The first was let through, and its lines are not read again.
            awaitBanned("192.0.2.2", "192.0.2.4");
            assertThat(daemon.log()).doesNotContain("Ban 192.0.2.1");
        }
    }
}
