package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.configuration.BanTime;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureCounter;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.count.Outcome;
import org.junit.jupiter.api.Test;

/** The book with a clock of the test's own. */
final class BanBookTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** One tick of the wheel more than the end. */
    private static final long JUST = 10_000_000;

    private static final AddressPrefix A = prefix("10.0.0.1");
    private static final AddressPrefix B = prefix("2001:db8::1");

    private final RecordingEnforcer kernel = new RecordingEnforcer(true, true, false);
    private final RecordingEnforcer set = new RecordingEnforcer(false, false, false);
    private final RecordingEnforcer actions = new RecordingEnforcer(false, false, true);
    private final List<String> news = new ArrayList<>();
    private final FailureTable failures = new FailureTable(64, AddressHash.random(), 0);
    private final JailPolicies policies = JailPolicies.of();
    private final BanBook book = new BanBook(
            3,
            failures,
            policies,
            new BanHistory(100, 86_400 * SECOND),
            List.of(kernel, set, actions),
            List.of(new Recorder()),
            0);

    @Test
    void aBanLastsUntilItsEnd() {
        enter(A, 1, 0, 10 * SECOND);
        assertThat(set.held).containsOnlyKeys(A);
        assertThat(book.totals().active4()).isEqualTo(1);
        at(10 * SECOND - 1);
        assertThat(set.held).containsOnlyKeys(A);
        at(10 * SECOND + JUST);
        assertThat(set.held).isEmpty();
        assertThat(actions.held).isEmpty();
        assertThat(book.totals().active()).isZero();
        assertThat(news).containsExactly("began 10.0.0.1 1", "ended 10.0.0.1 1 EXPIRED");
    }

    @Test
    void whatExpiresByItselfIsNotLifted() {
        kernel.held.put(A, 10 * SECOND);
        enter(A, 1, 0, 10 * SECOND);
        at(10 * SECOND + JUST);
        assertThat(kernel.held).as("left to the sweep").containsOnlyKeys(A);
    }

    @Test
    void anAddressThatIsBannedAgainBeforeTheWheelTurnedIsBannedTwice() {
        enter(A, 1, 0, 10 * SECOND);
        enter(A, 1, 10 * SECOND, 20 * SECOND);
        assertThat(news).containsExactly("began 10.0.0.1 1", "ended 10.0.0.1 1 EXPIRED", "began 10.0.0.1 1");
        at(10 * SECOND + JUST);
        assertThat(book.totals().active()).isEqualTo(1);
        assertThat(book.totals().begun()).isEqualTo(2);
        assertThat(book.totals().distinct()).isEqualTo(1);
        at(20 * SECOND + JUST);
        assertThat(book.totals().active()).isZero();
    }

    @Test
    void aRepeatedBanIsProlongedNeverShortened() {
        enter(A, 1, 0, 10 * SECOND);
        enter(A, 1, SECOND, 5 * SECOND);
        enter(A, 1, SECOND, 30 * SECOND);
        assertThat(book.totals().repeated()).isEqualTo(2);
        assertThat(book.totals().begun()).isEqualTo(1);
        at(10 * SECOND + JUST);
        assertThat(set.held).containsEntry(A, 30 * SECOND);
        assertThat(news).containsExactly("began 10.0.0.1 1", "prolonged 10.0.0.1 1");
    }

    @Test
    void theLongestBanOfAllJailsHolds() {
        enter(A, 1, 0, 30 * SECOND);
        enter(A, 2, SECOND, 10 * SECOND);
        assertThat(kernel.held).as("the kernel got the longer end back").containsEntry(A, 30 * SECOND);
        assertThat(set.held).containsEntry(A, 30 * SECOND);
        assertThat(actions.held).hasSize(2);
        at(10 * SECOND + JUST);
        assertThat(set.held).containsOnlyKeys(A);
        assertThat(actions.held).containsOnlyKeys(new RecordingEnforcer.Key(A, 1));
        at(30 * SECOND + JUST);
        assertThat(set.held).isEmpty();
    }

    @Test
    void liftingOneJailsBanLeavesTheOthers() {
        enter(A, 1, 0, 30 * SECOND);
        enter(A, 2, 0, 10 * SECOND);
        assertThat(book.lift(1, A)).isEqualTo(1);
        book.flush();
        assertThat(set.held).containsEntry(A, 10 * SECOND);
        assertThat(kernel.held).containsEntry(A, 10 * SECOND);
        assertThat(book.lift(BanBook.ANY_JAIL, A)).isEqualTo(1);
        book.flush();
        assertThat(set.held).isEmpty();
        assertThat(kernel.held).isEmpty();
        assertThat(news).endsWith("ended 10.0.0.1 2 LIFTED");
    }

    @Test
    void aLiftedAddressStartsAtZero() {
        FailureRule rule = new FailureRule(1, 2, SECOND, 10 * SECOND);
        FailureCounter counter = new FailureCounter(failures);
        counter.begin(0);
        assertThat(book.ban(1, A, 10 * SECOND)).isTrue();
        assertThat(counter.fail(A.high(), A.low(), rule, 1, 0, 0)).isEqualTo(Outcome.ALREADY_BANNED);
        book.lift(1, A);
        assertThat(counter.fail(A.high(), A.low(), rule, 1, 0, 0)).isEqualTo(Outcome.COUNTED);
        assertThat(counter.fail(A.high(), A.low(), rule, 1, 0, 0)).isEqualTo(Outcome.BANNED);
    }

    @Test
    void aBanThatWasOnItsWayWhileItsPrefixWasLiftedIsWrittenAgain() {
        enter(A, 1, 0, 10 * SECOND);
        BanNotice notice = notice(A, 1, SECOND, 20 * SECOND);
        notice.decided = System.nanoTime();
        book.lift(1, A);
        book.flush();
        assertThat(kernel.held).isEmpty();
        book.enter(notice);
        book.flush();
        assertThat(kernel.held).containsEntry(A, 20 * SECOND);
    }

    @Test
    void aFullTableGivesNewBansUpAndSaysSo() {
        for (int i = 1; i <= 3; i++) {
            enter(prefix("10.0.0." + i), 1, 0, 10 * SECOND);
        }
        kernel.held.put(B, 10 * SECOND);
        enter(B, 1, 0, 10 * SECOND);
        assertThat(book.totals().refused()).isEqualTo(1);
        assertThat(kernel.held).as("nothing stays that nobody would end").isEmpty();
        at(10 * SECOND + JUST);
        enter(B, 1, 11 * SECOND, 12 * SECOND);
        assertThat(book.totals().active6()).isEqualTo(1);
    }

    @Test
    void aBanWithoutEndStays() {
        enter(A, 1, 0, FailureRule.FOREVER);
        at(TimeUnit.DAYS.toNanos(3));
        assertThat(set.held).containsEntry(A, FailureRule.FOREVER);
        assertThat(book.liftAll(1)).isEqualTo(1);
    }

    @Test
    void bansGrowWhereTheJailSaysSo() {
        FailureRule rule = new FailureRule(1, 3, SECOND, 10 * SECOND);
        BanTimes doubling = BanTimes.of(new BanTime(10, true, 1, null, List.of(), -1, 0, false));
        policies.replace(List.of(JailPolicy.of("growing", rule).withTimes(doubling)));
        enter(A, 1, 0, 10 * SECOND);
        assertThat(set.held).containsEntry(A, 10 * SECOND);
        enter(A, 1, 20 * SECOND, 30 * SECOND);
        assertThat(set.held).containsEntry(A, 40 * SECOND);
        assertThat(kernel.held).as("the kernel is told of the later end").containsEntry(A, 40 * SECOND);
        enter(A, 2, 20 * SECOND, 30 * SECOND);
        enter(A, 1, 50 * SECOND, 60 * SECOND);
        assertThat(set.held).containsEntry(A, 90 * SECOND);
        List<Integer> times = new ArrayList<>();
        book.forEach(1, ban -> times.add(ban.times()));
        assertThat(times).containsExactly(3);
        FailureCounter counter = new FailureCounter(failures);
        counter.begin(70 * SECOND);
        assertThat(counter.fail(A.high(), A.low(), rule, 1, 70 * SECOND, 70 * SECOND))
                .as("counting knows the later end")
                .isEqualTo(Outcome.ALREADY_BANNED);
    }

    @Test
    void bansInOtherJailsCountWhereTheJailSaysSo() {
        BanTimes overAll = BanTimes.of(new BanTime(10, true, 1, null, List.of(), -1, 0, true));
        policies.replace(List.of(
                JailPolicy.of("one", new FailureRule(1, 3, SECOND, 10 * SECOND)).withTimes(overAll),
                JailPolicy.of("two", new FailureRule(2, 3, SECOND, 10 * SECOND)).withTimes(overAll)));
        enter(A, 1, 0, 10 * SECOND);
        enter(A, 2, 20 * SECOND, 30 * SECOND);
        assertThat(set.held).containsEntry(A, 40 * SECOND);
        enter(B, 2, 20 * SECOND, 30 * SECOND);
        assertThat(set.held).containsEntry(B, 30 * SECOND);
        // 1 in the one jail and 2 in the other.
        enter(A, 1, 50 * SECOND, 60 * SECOND);
        assertThat(set.held).containsEntry(A, 130 * SECOND);
    }

    @Test
    void anEnforcerThatThrowsDisturbsNoOther() {
        set.broken = true;
        enter(A, 1, 0, 10 * SECOND);
        assertThat(actions.held).hasSize(1);
        assertThat(book.totals().active()).isEqualTo(1);
    }

    private void enter(AddressPrefix prefix, int jail, long since, long until) {
        book.enter(notice(prefix, jail, since, until));
        book.flush();
    }

    private static BanNotice notice(AddressPrefix prefix, int jail, long since, long until) {
        BanNotice notice = new BanNotice();
        notice.high = prefix.high();
        notice.low = prefix.low();
        notice.prefixLength = prefix.length();
        notice.jail = jail;
        notice.since = since;
        notice.until = until;
        notice.decided = Long.MAX_VALUE;
        return notice;
    }

    private void at(long nanos) {
        book.advance(nanos);
        book.flush();
    }

    private static AddressPrefix prefix(String text) {
        return Objects.requireNonNull(AddressPrefix.parse(text));
    }

    private final class Recorder implements BanListener {
        @Override
        public void began(Ban ban) {
            news.add("began " + ban.prefix() + " " + ban.jail());
        }

        @Override
        public void prolonged(Ban ban) {
            news.add("prolonged " + ban.prefix() + " " + ban.jail());
        }

        @Override
        public void ended(Ban ban, End end) {
            news.add("ended " + ban.prefix() + " " + ban.jail() + " " + end);
        }
    }
}
