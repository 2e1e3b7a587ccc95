package org.ipspipeline.ips.enforce.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.ips.enforce.Batches.add;
import static org.ipspipeline.ips.enforce.Batches.batch;
import static org.ipspipeline.ips.enforce.Batches.prefix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.PortSets;
import org.ipspipeline.ips.enforce.PortSyntax;
import org.ipspipeline.ips.enforce.VethPair;
import org.ipspipeline.ips.enforce.queue.QueuedEnforcer;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nftables in a namespace of its own, judged by packets. */
final class NftBackendTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path directory;

    private VethPair network;
    private NftBackend backend;

    @BeforeEach
    void start() throws Exception {
        Machine.needsPrograms("nft");
        network = VethPair.create();
        backend = new NftBackend(options());
        backend.start();
    }

    private NftOptions options() {
        return NftOptions.defaults().withProgram("ip", "netns", "exec", network.host(), "nft");
    }

    @AfterEach
    void stop() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void packetsOfTheBannedDoNotArriveUntilTheEnd() throws Exception {
        change(2 * SECOND, "10.77.0.2", "fd77::2");
        change(Long.MAX_VALUE, "10.77.0.3");
        assertThat(network.arrives("10.77.0.2")).isFalse();
        assertThat(network.arrives("fd77::2")).isFalse();
        assertThat(network.arrives("10.77.0.3")).isFalse();
        assertThat(network.arrives("10.77.0.4")).isTrue();
        assertThat(backend.dropped()).isEqualTo(3);
        await().untilAsserted(() -> assertThat(network.arrives("10.77.0.2")).isTrue());
        await().untilAsserted(() -> assertThat(network.arrives("fd77::2")).isTrue());
        assertThat(network.arrives("10.77.0.3")).isFalse();
    }

    @Test
    void prefixesThatContainEachOtherStandSideBySide() throws Exception {
        change(Long.MAX_VALUE, "10.77.0.0/24", "10.77.0.0/16", "10.77.0.2", "fd77::/64", "fd00::/9");
        assertThat(network.arrives("10.77.0.4")).isFalse();
        assertThat(network.arrives("fd77::4")).isFalse();
        lift("10.77.0.0/16", "fd77::/64");
        assertThat(network.arrives("10.77.0.4")).isFalse();
        assertThat(network.arrives("fd77::4")).isFalse();
        lift("10.77.0.0/24", "fd00::/9");
        assertThat(network.arrives("10.77.0.4")).isTrue();
        assertThat(network.arrives("fd77::4")).isTrue();
        assertThat(network.arrives("10.77.0.2")).isFalse();
        assertThat(held()).containsOnlyKeys(prefix("10.77.0.2"));
    }

    @Test
    void aBanCanBeProlongedAndLiftedWhetherItIsThereOrNot() throws Exception {
        change(SECOND, "10.77.0.2");
        change(1000 * SECOND, "10.77.0.2");
        assertThat(seconds(held().getOrDefault(prefix("10.77.0.2"), 0L))).isBetween(900L, 1000L);
        lift("10.77.0.2", "10.77.0.3", "fd77::1");
        assertThat(held()).isEmpty();
    }

    @Test
    void olderKernelsAreGivenTheNewTimeoutByDeletingFirst() throws Exception {
        NftScript script = new NftScript("ips-pipeline", false);
        NftSet set = new NftSet(true, 32, PortSets.EVERYTHING);
        script.set(set, 10);
        script.change(batch(SECOND, "10.77.0.2"), 0, System.nanoTime());
        script.change(batch(1000 * SECOND, "10.77.0.2"), 0, System.nanoTime());
        assertThat(script.text()).containsPattern("(?s)add element.*delete element.*add element");
    }

    @Test
    void bansAndEndsOfBansInOneBatchTakeEffectInTheirOrder() throws Exception {
        BanBatch batch = new BanBatch(8);
        add(batch, Long.MAX_VALUE, "10.77.0.2");
        add(batch, BanBatch.LIFTED, "10.77.0.2");
        add(batch, BanBatch.LIFTED, "10.77.0.3");
        add(batch, Long.MAX_VALUE, "10.77.0.3");
        backend.change(batch);
        assertThat(held()).containsOnlyKeys(prefix("10.77.0.3"));
    }

    @Test
    void bansFromSomePortsAreForThemOnly() throws Exception {
        backend.define(1, PortSyntax.parse("9,20000:20010", "udp"));
        backend.define(2, PortSyntax.parse("9", "tcp"));
        BanBatch batch = new BanBatch(8);
        add(batch, Long.MAX_VALUE, "10.77.0.2");
        batch.limit(1);
        add(batch, Long.MAX_VALUE, "fd77::2");
        batch.limit(1);
        add(batch, Long.MAX_VALUE, "10.77.0.3");
        batch.limit(2);
        backend.change(batch);
        assertThat(network.arrives("10.77.0.2")).isFalse();
        assertThat(network.arrives("10.77.0.2", VethPair.OTHER_PORT)).isTrue();
        assertThat(network.arrives("fd77::2")).isFalse();
        assertThat(network.arrives("fd77::2", VethPair.OTHER_PORT)).isTrue();
        assertThat(network.arrives("10.77.0.3")).as("banned from TCP").isTrue();
        List<String> held = new ArrayList<>();
        backend.forEachBan((portSet, high, low, length, until, dropped) ->
                held.add(portSet + " " + new AddressPrefix(high, low, length)));
        assertThat(held).containsExactlyInAnyOrder("1 10.77.0.2", "1 fd77::2", "2 10.77.0.3");
        batch.clear();
        add(batch, BanBatch.LIFTED, "10.77.0.2");
        batch.limit(1);
        backend.change(batch);
        assertThat(network.arrives("10.77.0.2")).isTrue();
    }

    @Test
    void bansFromPortsThatAnEarlierDaemonMeantAreDropped() throws Exception {
        backend.define(1, PortSyntax.parse("9", "udp"));
        BanBatch batch = new BanBatch(1);
        add(batch, Long.MAX_VALUE, "10.77.0.2");
        batch.limit(1);
        backend.change(batch);
        NftBackend next = new NftBackend(options());
        next.start();
        assertThat(network.arrives("10.77.0.2")).isTrue();
        assertThat(next.forEachBan((portSet, high, low, length, until, dropped) -> {
                    throw new AssertionError("held: " + new AddressPrefix(high, low, length));
                }))
                .isTrue();
    }

    @Test
    void theAllowedGetThroughWhateverIsBanned() throws Exception {
        change(Long.MAX_VALUE, "10.77.0.2", "10.77.0.3", "fd77::2");
        backend.allow(List.of(prefix("10.77.0.2/31"), prefix("fd77::/64"), prefix("10.77.0.2")));
        assertThat(network.arrives("10.77.0.2")).isTrue();
        assertThat(network.arrives("10.77.0.3")).isTrue();
        assertThat(network.arrives("fd77::2")).isTrue();
        backend.allow(List.of());
        assertThat(network.arrives("10.77.0.2")).isFalse();
    }

    @Test
    void whatAnEarlierDaemonHasLeftIsTakenOver() throws Exception {
        change(Long.MAX_VALUE, "10.77.0.2", "fd77::/64");
        NftBackend next = new NftBackend(options().withKeep(true));
        next.start();
        assertThat(network.arrives("10.77.0.2")).isFalse();
        Map<AddressPrefix, Long> held = new HashMap<>();
        next.forEachBan(
                (portSet, high, low, length, until, dropped) -> held.put(new AddressPrefix(high, low, length), until));
        assertThat(held).containsOnlyKeys(prefix("10.77.0.2"), prefix("fd77::/64"));
        next.stop();
        assertThat(network.arrives("10.77.0.2")).as("kept on purpose").isFalse();
        backend.stop();
        assertThat(network.arrives("10.77.0.2")).as("removed in the end").isTrue();
        assertThat(network.runInside("nft", "list", "ruleset")).isBlank();
    }

    @Test
    void aFullSetTakesWhatHasRoomAndRejectsTheRest() throws Exception {
        NftBackend small = new NftBackend(options().withMaxBans(4));
        small.start();
        BanBatch batch = new BanBatch(8);
        for (int i = 1; i <= 8; i++) {
            add(batch, Long.MAX_VALUE, "192.0.2." + i);
        }
        assertThatThrownBy(() -> small.change(batch))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nft -f -");
        assertThat(batch.rejectedCount()).isEqualTo(4);
    }

    @Test
    void whatSomebodyDeletedIsMadeAnew() throws Exception {
        change(Long.MAX_VALUE, "10.77.0.2");
        network.runInside("nft", "flush", "ruleset");
        assertThat(network.arrives("10.77.0.2")).isTrue();
        change(Long.MAX_VALUE, "10.77.0.3");
        assertThat(network.arrives("10.77.0.3")).isFalse();
    }

    @Test
    void aDeadNftIsReportedAndItsWorkGoesOnWhenItIsBack() throws Exception {
        Path program = directory.resolve("nft");
        Files.writeString(program, "#!/bin/sh\nexec ip netns exec " + network.host() + " nft \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        NftBackend mortal = new NftBackend(NftOptions.defaults().withProgram(program.toString()));
        try (QueuedEnforcer enforcer = QueuedEnforcer.start(mortal, 1024, Duration.ofMillis(50))) {
            Files.move(program, directory.resolve("gone"));
            enforcer.ban(batch(Long.MAX_VALUE, "10.77.0.2"));
            await().untilAsserted(() -> assertThat(enforcer.isFailing()).isTrue());
            assertThat(enforcer.lost()).isEqualTo(1);
            Files.move(directory.resolve("gone"), program);
            await().untilAsserted(() -> assertThat(enforcer.isFailing()).isFalse());
            enforcer.ban(batch(Long.MAX_VALUE, "10.77.0.3"));
            await().untilAsserted(() -> assertThat(network.arrives("10.77.0.3")).isFalse());
        }
    }

    @Test
    void tensOfThousandsComeInOneTransaction() throws Exception {
        int count = 20_000;
        BanBatch batch = new BanBatch(count);
        for (int i = 0; i < count; i++) {
            batch.add(0, 0xFFFF_0A00_0000L + i, 128, System.nanoTime() + 1000 * SECOND, 0, 0);
        }
        backend.change(batch);
        assertThat(held()).hasSize(count);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws Exception {
        NftBackend none = new NftBackend(NftOptions.defaults().withProgram("no-such-nft"));
        assertThatThrownBy(none::start).isInstanceOf(IOException.class).hasMessageContaining("no-such-nft");
    }

    private Map<AddressPrefix, Long> held() throws IOException {
        Map<AddressPrefix, Long> held = new HashMap<>();
        backend.forEachBan(
                (portSet, high, low, length, until, dropped) -> held.put(new AddressPrefix(high, low, length), until));
        return held;
    }

    private static long seconds(Long until) {
        return TimeUnit.NANOSECONDS.toSeconds(until - System.nanoTime());
    }

    private void change(long length, String... prefixes) throws IOException {
        backend.change(batch(length, prefixes));
    }

    private void lift(String... prefixes) throws IOException {
        BanBatch batch = new BanBatch(prefixes.length);
        for (String prefix : prefixes) {
            add(batch, BanBatch.LIFTED, prefix);
        }
        backend.change(batch);
    }
}
