package org.ipspipeline.ips.enforce.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipspipeline.ips.enforce.Batches.batch;
import static org.ipspipeline.ips.enforce.Batches.lifted;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.enforce.VethPair;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** fail2ban's own actions, as Debian installs them, in a namespace of their own, judged by packets. */
final class InstalledActionsTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    private Path directory;

    private VethPair network;

    @BeforeEach
    void start() throws Exception {
        Machine.needsPrograms("nft", "ipset", "iptables");
        network = VethPair.create();
    }

    @AfterEach
    void stop() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nftables[type=allports, protocol=udp]",
                "nftables[type=multiport, port=\"1:10\", protocol=udp]",
                "iptables-allports[protocol=udp]",
                "iptables-ipset-proto6[port=\"9\", protocol=udp]"
            })
    void bansAndLifts(String action) throws Exception {
        Jail jail = jail(action);
        network.inside(() -> {
            ActionBackend backend =
                    new ActionBackend(0, jail.name(), jail.actions().get(0), Duration.ofSeconds(20));
            backend.start();
            backend.change(batch(10 * MINUTE, "10.77.0.2", "fd77::2"));
            assertThat(network.arrives("10.77.0.2")).isFalse();
            assertThat(network.arrives("fd77::2")).isFalse();
            assertThat(network.arrives("10.77.0.3")).isTrue();
            backend.change(lifted("10.77.0.2"));
            assertThat(network.arrives("10.77.0.2")).isTrue();
            assertThat(network.arrives("fd77::2")).isFalse();
            network.runInside("nft", "flush", "ruleset");
            assertThat(network.arrives("fd77::2")).isTrue();
            backend.stop();
            assertThat(network.arrives("fd77::2")).isTrue();
            return "";
        });
    }

    /** A jail with this action, and the installed configuration otherwise. */
    private Jail jail(String action) throws Exception {
        Path installed = Fail2banPackage.need().configuration();
        for (String name : new String[] {
            "action.d", "filter.d", "jail.conf", "fail2ban.conf", "paths-common.conf", "paths-debian.conf"
        }) {
            Path target = installed.resolve(name);
            if (Files.exists(target)) {
                Files.createSymbolicLink(directory.resolve(name), target);
            }
        }
        Files.writeString(
                directory.resolve("jail.local"),
                "[sshd]\nenabled = true\nlogpath = " + Files.createFile(directory.resolve("log")) + "\naction = "
                        + action + "\n");
        return Fail2banConfiguration.open(directory).jail("sshd");
    }
}
