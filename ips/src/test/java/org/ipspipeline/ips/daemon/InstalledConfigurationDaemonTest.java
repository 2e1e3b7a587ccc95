package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.enforce.VethPair;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration that Debian's package installs, unchanged. */
class InstalledConfigurationDaemonTest {

    @TempDir
    Path directory;

    @Test
    void failedLoginsBanInTheKernel() throws Exception {
        Path configuration = Fail2banPackage.need().configuration();
        Machine.needsPrograms("unshare", "mount");
        try (VethPair network = VethPair.create()) {
            Path logs = Files.createDirectory(directory.resolve("log"));
            SshdLog log = new SshdLog(logs.resolve("auth.log"));
            // The configuration names /var/log/auth.log: a directory of the test's own stands in its place.
            List<String> before = new ArrayList<>(List.of("ip", "netns", "exec", network.host()));
            before.addAll(List.of(
                    "unshare", "--mount", "sh", "-c", "mount --bind " + logs + " /var/log && exec \"$@\"", "sh"));
            List<String> arguments = List.of("--config", configuration.toString(), "--interface", VethPair.INTERFACE);
            try (DaemonProcess daemon = DaemonProcess.launch(directory, before, Map.of(), arguments)) {
                daemon.awaitReady();
                assertThat(daemon.output()).contains("jails: sshd");
                log.fail("10.77.0.2", 4);
                log.fail("10.77.0.3", 5);
                daemon.awaitLog("NOTICE  [sshd] Ban 10.77.0.3");
                await().atMost(Duration.ofSeconds(5)).until(() -> !network.arrives("10.77.0.3"));
                assertThat(network.arrives("10.77.0.2")).isTrue();
                assertThat(daemon.log()).doesNotContain("Ban 10.77.0.2");
                daemon.signal("TERM");
                assertThat(daemon.waitFor()).isEqualTo(128 + 15);
                assertThat(daemon.output()).contains("9 lines read, 0 lost; 9 failures; 1 bans of 1 clients");
            }
        }
    }
}
