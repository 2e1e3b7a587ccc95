package org.ipspipeline.ips.enforce.ipset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.ips.enforce.Batches.add;
import static org.ipspipeline.ips.enforce.Batches.batch;
import static org.ipspipeline.ips.enforce.Batches.lifted;
import static org.ipspipeline.ips.enforce.Batches.prefix;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.VethPair;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ipset and iptables in a namespace of their own, judged by packets. */
final class IpsetBackendTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private VethPair network;
    private IpsetBackend backend;

    @BeforeEach
    void start() throws Exception {
        Machine.needsPrograms("ipset", "iptables", "ip6tables");
        network = VethPair.create();
        backend = new IpsetBackend(options());
        backend.start();
    }

    private IpsetOptions options() {
        return IpsetOptions.defaults().withPrefix("ip", "netns", "exec", network.host());
    }

    @AfterEach
    void stop() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void packetsOfTheBannedDoNotArriveUntilTheEnd() throws Exception {
        backend.change(batch(2 * SECOND, "10.77.0.2", "fd77::2"));
        backend.change(batch(Long.MAX_VALUE, "10.77.0.3", "fd77::4/128"));
        assertThat(network.arrives("10.77.0.2")).isFalse();
        assertThat(network.arrives("fd77::2")).isFalse();
        assertThat(network.arrives("10.77.0.3")).isFalse();
        assertThat(network.arrives("10.77.0.4")).isTrue();
        await().untilAsserted(() -> assertThat(network.arrives("10.77.0.2")).isTrue());
        await().untilAsserted(() -> assertThat(network.arrives("fd77::2")).isTrue());
        assertThat(network.arrives("10.77.0.3")).isFalse();
        backend.change(lifted("10.77.0.3", "10.77.0.99"));
        assertThat(network.arrives("10.77.0.3")).isTrue();
        assertThat(held()).containsOnlyKeys(prefix("fd77::4"));
    }

    @Test
    void theAllowedGetThroughWhateverIsBanned() throws Exception {
        backend.change(batch(Long.MAX_VALUE, "10.77.0.0/24", "fd77::/64"));
        backend.allow(List.of(prefix("10.77.0.2/31"), prefix("fd77::2")));
        assertThat(network.arrives("10.77.0.3")).isTrue();
        assertThat(network.arrives("fd77::2")).isTrue();
        assertThat(network.arrives("10.77.0.4")).isFalse();
        assertThat(network.arrives("fd77::3")).isFalse();
    }

    @Test
    void whatSomebodyDestroyedIsMadeAnew() throws Exception {
        backend.change(batch(Long.MAX_VALUE, "10.77.0.2"));
        network.runInside("iptables", "-F");
        network.runInside("ipset", "destroy", "ips-pipeline4");
        backend.change(batch(Long.MAX_VALUE, "10.77.0.3"));
        assertThat(network.arrives("10.77.0.3")).isFalse();
    }

    @Test
    void aFullSetTakesWhatHasRoomAndRejectsTheRest() throws Exception {
        IpsetBackend small = new IpsetBackend(new IpsetOptions(options().prefix(), "small", 4, false, false));
        small.start();
        BanBatch batch = new BanBatch(8);
        for (int i = 1; i <= 8; i++) {
            add(batch, Long.MAX_VALUE, "192.0.2." + i);
        }
        assertThatThrownBy(() -> small.change(batch))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ipset restore");
        assertThat(batch.rejectedCount()).isEqualTo(4);
        assertThat(batch.isRejected(3)).isFalse();
        small.stop();
    }

    @Test
    void nothingStaysAfterTheEnd() throws Exception {
        backend.change(batch(Long.MAX_VALUE, "10.77.0.2"));
        backend.stop();
        assertThat(network.arrives("10.77.0.2")).isTrue();
        assertThat(network.runInside("ipset", "list", "-n")).isBlank();
        assertThat(network.runInside("iptables", "-S")).doesNotContain("ips-pipeline");
    }

    private Map<AddressPrefix, Long> held() throws IOException {
        Map<AddressPrefix, Long> held = new HashMap<>();
        backend.forEachBan(
                (portSet, high, low, length, until, dropped) -> held.put(new AddressPrefix(high, low, length), until));
        return held;
    }
}
