package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.ignore.IgnoreList;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.ClientPrefix;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.count.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers and keeper together, on real threads and the real clock. */
final class BanKeeperTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final AddressPrefix A = Objects.requireNonNull(AddressPrefix.parse("10.0.0.1"));
    private static final AddressPrefix OWN = Objects.requireNonNull(AddressPrefix.parse("192.168.0.0/16"));

    private final RecordingEnforcer kernel = new RecordingEnforcer(true, true, false);
    private final RecordingEnforcer set = new RecordingEnforcer(false, false, false);
    private final FailureTable failures = new FailureTable(1 << 16, AddressHash.random(), System.nanoTime());
    private final BanKeeper keeper =
            new BanKeeper(KeeperOptions.defaults(), JailPolicies.of(), failures, List.of(kernel, set), List.of());
    private final BanWorker worker = keeper.newWorker();

    private final JailPolicy jail = jail(3, 200 * MILLI, ClientPrefix.ADDRESS);

    private static JailPolicy jail(int maxRetry, long banTime, ClientPrefix client) {
        FailureRule rule = new FailureRule(0, maxRetry, 60_000 * MILLI, banTime);
        return JailPolicy.of("test", rule).withClient(client).withIgnored(IgnoreList.of(List.of(OWN)));
    }

    @AfterEach
    void stop() {
        keeper.close();
    }

    @Test
    void immediateEnforcersHoldABanWhenTheBlockEndsAndTheOthersSoon() {
        fail(jail, A, 3);
        assertThat(kernel.held).containsOnlyKeys(A);
        await().untilAsserted(() -> assertThat(set.held).containsOnlyKeys(A));
        await().untilAsserted(() -> assertThat(set.held).isEmpty());
        assertThat(keeper.report().expired()).isEqualTo(1);
    }

    @Test
    void aClientThatGoesOnIsBannedAgainAfterEachBan() {
        for (int ban = 1; ban <= 3; ban++) {
            int expected = ban;
            await().pollInterval(1, TimeUnit.MILLISECONDS).untilAsserted(() -> {
                fail(jail, A, 1);
                assertThat(worker.counter().lines(Outcome.BANNED)).isEqualTo(expected);
            });
        }
        assertThat(worker.counter().lines(Outcome.COUNTED))
                .as("two of three lines before each ban")
                .isEqualTo(6);
    }

    @Test
    void ignoredAddressesAreNeitherCountedNorBanned() {
        AddressPrefix own = Objects.requireNonNull(AddressPrefix.parse("192.168.7.7"));
        fail(jail, own, 10);
        assertThat(kernel.held).isEmpty();
        assertThat(failures.tracked()).isZero();
    }

    @Test
    void aNetworkIsOneClientWhereTheJailSaysSo() {
        JailPolicy networks = jail(3, 60_000 * MILLI, new ClientPrefix(24, 64));
        for (int i = 1; i <= 3; i++) {
            fail(networks, Objects.requireNonNull(AddressPrefix.parse("2001:db8:1:2::" + i)), 1);
            fail(networks, Objects.requireNonNull(AddressPrefix.parse("10.1.2." + i)), 1);
        }
        assertThat(kernel.held.keySet())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("2001:db8:1:2::/64", "10.1.2.0/24");
    }

    @Test
    void aBanThatIsNotTakenIsTriedAgain() {
        kernel.places = 0;
        fail(jail, A, 3);
        assertThat(worker.rejected()).isEqualTo(1);
        kernel.places = 1;
        fail(jail, A, 3);
        assertThat(kernel.held).containsOnlyKeys(A);
    }

    @Test
    void operatorsBanListAndLift() throws Exception {
        assertThat(keeper.ban(0, A, FailureRule.FOREVER).get()).isTrue();
        assertThat(kernel.held).containsEntry(A, FailureRule.FOREVER);
        assertThat(keeper.list(0).get()).extracting(Ban::prefix).containsExactly(A);
        assertThat(keeper.list(1).get()).isEmpty();
        assertThat(keeper.unban(BanKeeper.ANY_JAIL, A).get()).isEqualTo(1);
        assertThat(keeper.unban(BanKeeper.ANY_JAIL, A).get()).isZero();
        assertThat(kernel.held).isEmpty();
        assertThat(set.held).isEmpty();
        assertThat(keeper.report().lifted()).isEqualTo(1);
    }

    @Test
    void moreBansThanTheQueueAndABatchHoldAllArrive() {
        int count = 100_000;
        JailPolicy once = jail(1, FailureRule.FOREVER, ClientPrefix.ADDRESS);
        worker.begin(System.nanoTime());
        for (int i = 0; i < count; i++) {
            worker.fail(once, i, i, 1, worker.timeOf(0), 0);
        }
        worker.end();
        assertThat(kernel.held).hasSize(count);
        await().untilAsserted(() -> assertThat(keeper.report().active6()).isEqualTo(count));
        assertThat(set.held).hasSize(count);
        assertThat(keeper.report().distinct()).isEqualTo(count);
    }

    @Test
    void theTimeFromTheStampToTheBanIsMeasured() {
        long before = System.nanoTime() - 5_000 * MILLI;
        worker.begin(System.nanoTime());
        for (int i = 0; i < 3; i++) {
            worker.fail(jail, A.high(), A.low(), 1, worker.timeOf(0), (int) (before / 1_000));
        }
        worker.end();
        Histogram histogram = new Histogram(3);
        worker.addLatencies(histogram);
        assertThat(histogram.getTotalCount()).isEqualTo(1);
        assertThat(histogram.getMaxValue()).isBetween(5_000_000L, 60_000_000L);
    }

    @Test
    void requestsAfterTheEndFailInsteadOfHanging() {
        keeper.close();
        assertThat(keeper.list(0)).isCompletedExceptionally();
        fail(jail, A, 3);
        assertThat(kernel.held).containsOnlyKeys(A);
    }

    private void fail(JailPolicy policy, AddressPrefix address, int lines) {
        worker.begin(System.nanoTime());
        for (int i = 0; i < lines; i++) {
            worker.fail(policy, address.high(), address.low(), 1, worker.timeOf(0), 0);
        }
        worker.end();
    }
}
