package org.ipspipeline.ips.enforce.xdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.ban.KeeperOptions;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.ClientPrefix;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.VethPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the failure to the packet that does not arrive. */
final class XdpEnforcerTest {

    private static final XdpOptions OPTIONS = XdpOptions.defaults().withMaxBans(1000);

    private VethPair network;

    @BeforeEach
    void create() throws Exception {
        network = VethPair.create();
    }

    @AfterEach
    void remove() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void packetsOfWhomFailuresBannedDoNotArriveUntilTheEnd() throws Exception {
        FailureTable failures = new FailureTable(1000, AddressHash.random(), System.nanoTime());
        try (XdpEnforcer enforcer = attach();
                BanKeeper keeper = new BanKeeper(
                        KeeperOptions.defaults(), JailPolicies.of(), failures, List.of(enforcer), List.of())) {
            BanWorker worker = keeper.newWorker();
            JailPolicy jail = jail(2, TimeUnit.MILLISECONDS.toNanos(1500), ClientPrefix.ADDRESS);
            assertThat(network.arrives("10.77.0.2")).isTrue();
            fail(worker, jail, "10.77.0.2", "10.77.0.2", "fd77::2", "fd77::2", "fd77::3");
            assertThat(network.arrives("10.77.0.2")).isFalse();
            assertThat(network.arrives("fd77::2")).isFalse();
            assertThat(network.arrives("10.77.0.3")).isTrue();
            assertThat(network.arrives("fd77::3")).isTrue();
            assertThat(enforcer.dropped()).isEqualTo(2);
            List<Long> dropped = new ArrayList<>();
            enforcer.forEachBan((portSet, high, low, length, until, drops) -> dropped.add(drops));
            assertThat(dropped).containsExactly(1L, 1L);
            await().untilAsserted(() -> assertThat(network.arrives("10.77.0.2")).isTrue());
            assertThat(network.arrives("fd77::2")).isTrue();
            await().untilAsserted(() -> assertThat(keeper.report().active()).isZero());
        }
    }

    @Test
    void prefixesAreBannedAndOperatorsLiftThem() throws Exception {
        FailureTable failures = new FailureTable(1000, AddressHash.random(), System.nanoTime());
        try (XdpEnforcer enforcer = attach();
                BanKeeper keeper = new BanKeeper(
                        KeeperOptions.defaults(), JailPolicies.of(), failures, List.of(enforcer), List.of())) {
            BanWorker worker = keeper.newWorker();
            JailPolicy jail = jail(2, FailureRule.FOREVER, new ClientPrefix(24, 64));
            fail(worker, jail, "10.77.0.2", "10.77.0.3", "fd77::2", "fd77::3");
            assertThat(network.arrives("10.77.0.4")).isFalse();
            assertThat(network.arrives("fd77::4")).isFalse();
            assertThat(keeper.unban(BanKeeper.ANY_JAIL, prefix("10.77.0.0/24")).get())
                    .isEqualTo(1);
            assertThat(network.arrives("10.77.0.4")).isTrue();
            assertThat(keeper.unbanAll(BanKeeper.ANY_JAIL).get()).isEqualTo(1);
            assertThat(network.arrives("fd77::4")).isTrue();
        }
    }

    @Test
    void anAllowedNetworkGetsThroughWhateverIsBanned() throws Exception {
        FailureTable failures = new FailureTable(1000, AddressHash.random(), System.nanoTime());
        try (XdpEnforcer enforcer = attach();
                BanKeeper keeper = new BanKeeper(
                        KeeperOptions.defaults(), JailPolicies.of(), failures, List.of(enforcer), List.of())) {
            assertThat(enforcer.allow(List.of(prefix("10.77.0.0/30")))).isTrue();
            keeper.ban(0, prefix("10.77.0.0/24"), FailureRule.FOREVER).get();
            assertThat(network.arrives("10.77.0.2")).isTrue();
            assertThat(network.arrives("10.77.0.4")).isFalse();
        }
    }

    @Test
    void aFullMapLetsTheBanBeTriedAgain() throws Exception {
        FailureTable failures = new FailureTable(1000, AddressHash.random(), System.nanoTime());
        try (XdpEnforcer enforcer = new XdpEnforcer(
                        network.inside(() -> XdpFilter.attach(VethPair.INTERFACE, OPTIONS.withMaxBans(4))));
                BanKeeper keeper = new BanKeeper(
                        KeeperOptions.defaults(), JailPolicies.of(), failures, List.of(enforcer), List.of())) {
            BanWorker worker = keeper.newWorker();
            JailPolicy jail = jail(1, FailureRule.FOREVER, ClientPrefix.ADDRESS);
            for (int i = 1; i <= 100; i++) {
                fail(worker, jail, "192.0.2." + i);
            }
            assertThat(worker.rejected()).isPositive();
            fail(worker, jail, "10.77.0.2");
            assertThat(network.arrives("10.77.0.2")).isTrue();
            await().until(() -> keeper.report().active() == 100 - worker.rejected() + 1);
            keeper.unbanAll(0).get();
            fail(worker, jail, "10.77.0.2");
            assertThat(network.arrives("10.77.0.2")).isFalse();
        }
    }

    @Test
    void aKilledDaemonLeavesNothingInForce() throws Exception {
        Process daemon = daemon();
        assertThat(network.arrives("10.77.0.2")).isFalse();
        daemon.destroyForcibly().waitFor();
        await().untilAsserted(() -> assertThat(network.arrives("10.77.0.2")).isTrue());
    }

    private Process daemon() throws Exception {
        Process daemon = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        network.host(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Daemon.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = daemon.inputReader();
        assertThat(output.readLine()).isEqualTo("banned");
        return daemon;
    }

    /** Bans 10.77.0.2 for ever, and waits to be killed. */
    static final class Daemon {
        public static void main(String[] arguments) throws Exception {
            FailureTable failures = new FailureTable(1000, AddressHash.random(), System.nanoTime());
            XdpEnforcer enforcer = new XdpEnforcer(XdpFilter.attach(VethPair.INTERFACE, OPTIONS));
            BanKeeper keeper =
                    new BanKeeper(KeeperOptions.defaults(), JailPolicies.of(), failures, List.of(enforcer), List.of());
            keeper.ban(0, prefix("10.77.0.2"), FailureRule.FOREVER).get();
            System.out.println("banned");
            Thread.currentThread().join();
        }
    }

    private XdpEnforcer attach() throws Exception {
        return new XdpEnforcer(network.inside(() -> XdpFilter.attach(VethPair.INTERFACE, OPTIONS)));
    }

    private static JailPolicy jail(int maxRetry, long banTime, ClientPrefix client) {
        FailureRule rule = new FailureRule(0, maxRetry, TimeUnit.MINUTES.toNanos(10), banTime);
        return JailPolicy.of("test", rule).withClient(client);
    }

    private static void fail(BanWorker worker, JailPolicy jail, String... addresses) {
        worker.begin(System.nanoTime());
        for (String address : addresses) {
            AddressPrefix client = prefix(address);
            worker.fail(jail, client.high(), client.low(), 1, worker.timeOf(0), 0);
        }
        worker.end();
    }

    private static AddressPrefix prefix(String text) {
        return Objects.requireNonNull(AddressPrefix.parse(text));
    }
}
