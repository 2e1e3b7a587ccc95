package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.ignore.IgnoreList;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are banned for their many addresses. */
class CrowdsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long JUST = 10_000_000;
    private static final int JAIL = 1;
    private static final long BAN = 100 * SECOND;

    private final RecordingEnforcer kernel = new RecordingEnforcer(false, false, false);
    private final JailPolicies policies = JailPolicies.of();
    private final BanBook book = new BanBook(
            1000,
            new FailureTable(64, AddressHash.random(), 0),
            policies,
            new BanHistory(100, SECOND),
            List.of(kernel),
            List.of(),
            0);

    CrowdsTest() {
        rule(new CrowdRule(3, 24));
    }

    private void rule(CrowdRule rule) {
        policies.replace(List.of(policy().withCrowdRule(rule)));
        book.followPolicies();
    }

    private static JailPolicy policy() {
        return JailPolicy.of("jail", new FailureRule(JAIL, 1, SECOND, BAN));
    }

    @Test
    void theNetworkIsBannedWithItsLastAddress() {
        ban("192.0.2.1", 50);
        ban("192.0.2.200", 50);
        ban("192.0.2.1", 60);
        ban("192.0.3.1", 50);
        ban("2001:db8::1", 50);
        assertThat(kernel.held).doesNotContainKey(prefix("192.0.2.0/24"));
        ban("192.0.2.7", 50);
        assertThat(kernel.held).containsEntry(prefix("192.0.2.0/24"), BAN);
        assertThat(book.holds(JAIL, prefix("192.0.2.99"))).isTrue();
        at(60);
        assertThat(kernel.held).containsOnlyKeys(prefix("192.0.2.0/24"));
        at(101);
        assertThat(kernel.held).isEmpty();
    }

    @Test
    void endedBansDoNotCount() {
        ban("192.0.2.1", 5);
        ban("192.0.2.2", 50);
        at(6);
        ban("192.0.2.3", 50);
        assertThat(kernel.held).doesNotContainKey(prefix("192.0.2.0/24"));
        book.lift(JAIL, prefix("192.0.2.3"));
        ban("192.0.2.4", 50);
        assertThat(kernel.held).doesNotContainKey(prefix("192.0.2.0/24"));
    }

    @Test
    void whoIsLetThroughIsNotHeldByTheNetwork() {
        for (int i = 1; i <= 3; i++) {
            ban("192.0.2." + i, 50);
        }
        assertThat(book.lift(JAIL, prefix("192.0.2.1"))).isEqualTo(2);
        book.flush();
        assertThat(kernel.held).containsOnlyKeys(prefix("192.0.2.2"), prefix("192.0.2.3"));
        assertThat(book.lift(BanBook.ANY_JAIL, prefix("192.0.2.99"))).isZero();
    }

    @Test
    void aNetworkWithSomebodyWhoIsIgnoredIsNotBanned() {
        policies.replace(List.of(policy().withCrowdRule(new CrowdRule(2, 24))
                .withIgnored(IgnoreList.of(List.of(prefix("192.0.2.128/25"), prefix("10.0.0.9"))))));
        book.followPolicies();
        ban("192.0.2.1", 50);
        ban("192.0.2.2", 50);
        ban("10.0.0.1", 50);
        ban("10.0.0.2", 50);
        ban("10.0.1.1", 50);
        ban("10.0.1.2", 50);
        assertThat(kernel.held.keySet().stream().map(Object::toString).filter(key -> key.contains("/")))
                .containsExactly("10.0.1.0/24");
    }

    @Test
    void restoredBansCountAndAnotherRuleCountsAnew() {
        book.restore(List.of(restored("192.0.2.1"), restored("192.0.2.2")));
        ban("192.0.2.3", 50);
        assertThat(kernel.held).containsKey(prefix("192.0.2.0/24"));
        rule(new CrowdRule(4, 16));
        ban("192.0.9.9", 50);
        assertThat(kernel.held).containsKey(prefix("192.0.0.0/16"));
    }

    private static RestoredBan restored(String address) {
        return new RestoredBan(new Ban(JAIL, prefix(address), 0, 50 * SECOND, 3, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8|write such as 8/24",
                "8/24/1|write such as 8/24",
                "1/24|is banned for 2 to 256 of its addresses, not for 1",
                "257/24|is banned for 2 to 256 of its addresses, not for 257",
                "8/32|has 8 to 31 leading bits, not 32",
                "8/7|has 8 to 31 leading bits, not 7"
            })
    void saysWhatIsWrongWithARule(String text, String message) {
        assertThatThrownBy(() -> CrowdRule.parse(text)).hasMessageContaining(message);
    }

    private record Step(boolean ban, int address, int seconds) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3).map(kind -> kind > 0),
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(1, 20))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    /** Against counting by hand: three networks of four addresses, of which two are enough. */
    @Property(tries = 300)
    void asCountedByHand(@ForAll("steps") List<Step> steps) {
        CrowdsTest test = new CrowdsTest();
        test.rule(new CrowdRule(2, 30));
        Map<AddressPrefix, Long> expected = new HashMap<>();
        long now = 0;
        for (Step step : steps) {
            now++;
            long time = now * SECOND;
            test.at(now);
            expected.values().removeIf(until -> until <= time);
            AddressPrefix address = prefix("10.0.0." + step.address);
            AddressPrefix network = prefix("10.0.0." + (step.address & ~3) + "/30");
            if (step.ban) {
                boolean isNew = !expected.containsKey(address);
                test.ban(address.toString(), now + step.seconds);
                expected.merge(address, (now + step.seconds) * SECOND, Math::max);
                long members = expected.keySet().stream()
                        .filter(each -> each.length() == 128 && network.contains(each.high(), each.low()))
                        .count();
                if (isNew && members >= 2 && !expected.containsKey(network)) {
                    // The book's time is a little later than the step's.
                    expected.put(network, time + JUST + BAN);
                }
            } else {
                test.book.lift(JAIL, address);
                test.book.flush();
                expected.remove(address);
                expected.remove(network);
            }
            Set<Object> held = new HashSet<>(test.kernel.held.keySet());
            assertThat(held).isEqualTo(new HashSet<Object>(expected.keySet()));
        }
        assertThat(test.kernel.held.values()).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    private void ban(String address, long untilSeconds) {
        assertThat(book.ban(JAIL, prefix(address), untilSeconds * SECOND)).isTrue();
        book.flush();
    }

    private void at(long seconds) {
        book.advance(seconds * SECOND + JUST);
        book.flush();
    }

    private static AddressPrefix prefix(String text) {
        return Objects.requireNonNull(AddressPrefix.parse(text));
    }
}
