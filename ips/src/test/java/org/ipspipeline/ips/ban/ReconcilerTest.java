package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipspipeline.ips.enforce.Batches.batch;
import static org.ipspipeline.ips.enforce.Batches.prefix;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.VethPair;
import org.ipspipeline.ips.enforce.nftables.NftBackend;
import org.ipspipeline.ips.enforce.nftables.NftOptions;
import org.ipspipeline.ips.enforce.queue.QueuedEnforcer;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bans restored as an earlier process left them, so that they are old enough to be compared. */
final class ReconcilerTest {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final AddressPrefix one = prefix("192.0.2.1");
    private final AddressPrefix other = prefix("10.77.0.2");
    private final RecordingEnforcer enforcer = new RecordingEnforcer(true, true, false);
    private BanKeeper keeper = keeper(enforcer);

    @AfterEach
    void stop() {
        keeper.close();
    }

    private BanKeeper keeper(Enforcer by) {
        BanKeeper made = new BanKeeper(
                KeeperOptions.defaults().withMaxBans(1024),
                JailPolicies.of(),
                new FailureTable(1024, AddressHash.random(), System.nanoTime()),
                List.of(by),
                List.of());
        long now = System.nanoTime();
        made.restore(List.of(
                        new RestoredBan(new Ban(0, one, now - HOUR, now + HOUR, 3, 1)),
                        new RestoredBan(new Ban(0, other, now - HOUR, FailureRule.FOREVER, 3, 1))))
                .join();
        return made;
    }

    @Test
    void nothingIsDoneWhereAllIsWell() {
        assertThat(keeper.reconcile()).isZero();
        assertThat(keeper.reconcile()).isZero();
        assertThat(enforcer.held).hasSize(2);
    }

    @Test
    void aMissingBanIsMadeAgain() {
        enforcer.held.remove(one);
        assertThat(keeper.reconcile()).isEqualTo(1);
        assertThat(enforcer.held).containsKey(one);
        assertThat(keeper.repaired()).isEqualTo(1);
        assertThat(keeper.reconcile()).isZero();
    }

    @Test
    void aBanThatWouldEndTooEarlyIsMadeLonger() {
        enforcer.held.put(other, System.nanoTime() + HOUR);
        assertThat(keeper.reconcile()).isEqualTo(1);
        assertThat(enforcer.held).containsEntry(other, FailureRule.FOREVER);
    }

    @Test
    void aBanThatNobodyKnowsIsLiftedTheSecondTime() {
        AddressPrefix stranger = prefix("2001:db8::1");
        enforcer.held.put(stranger, System.nanoTime() + HOUR);
        assertThat(keeper.reconcile()).isZero();
        assertThat(keeper.reconcile()).isEqualTo(1);
        assertThat(enforcer.held).doesNotContainKey(stranger).hasSize(2);
    }

    @Test
    void whatHasJustBegunIsLeftAlone() {
        AddressPrefix fresh = prefix("192.0.2.9");
        keeper.ban(0, fresh, HOUR).join();
        enforcer.held.remove(fresh);
        assertThat(keeper.reconcile()).isZero();
    }

    @Test
    void aSetThatSomebodyEmptiedIsFilledAgain() throws Exception {
        Machine.needsPrograms("nft");
        try (VethPair network = VethPair.create()) {
            NftOptions options = NftOptions.defaults().withProgram("ip", "netns", "exec", network.host(), "nft");
            try (QueuedEnforcer nftables = QueuedEnforcer.start(new NftBackend(options), 1024);
                    BanKeeper with = keeper(nftables)) {
                nftables.drain();
                assertThat(network.arrives("10.77.0.2")).isFalse();
                network.runInside("nft", "flush", "set", "inet", "ips-pipeline", "ban4_32");
                assertThat(network.arrives("10.77.0.2")).isTrue();
                assertThat(with.reconcile()).isEqualTo(2);
                nftables.drain();
                assertThat(network.arrives("10.77.0.2")).isFalse();
                nftables.ban(batch(HOUR, "10.77.0.4"));
                nftables.drain();
                assertThat(with.reconcile()).isZero();
                assertThat(with.reconcile()).isEqualTo(1);
                nftables.drain();
                assertThat(network.arrives("10.77.0.4")).isTrue();
            }
        }
    }
}
