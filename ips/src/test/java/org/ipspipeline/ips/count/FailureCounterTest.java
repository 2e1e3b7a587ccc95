package org.ipspipeline.ips.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FailureCounterTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long START = 77 * SECOND;

    private final FailureTable table = new FailureTable(64, AddressHash.of(1, 2), START);
    private final FailureCounter counter = new FailureCounter(table);
    private final FailureRule rule = new FailureRule(1, 3, 10 * SECOND, 60 * SECOND);

    @BeforeEach
    void begin() {
        counter.begin(START);
    }

    @Test
    void theFailureThatReachesTheLimitBans() {
        assertThat(fail(0)).isEqualTo(Outcome.COUNTED);
        assertThat(fail(1)).isEqualTo(Outcome.COUNTED);
        assertThat(fail(2)).isEqualTo(Outcome.BANNED);
        assertThat(counter.lines(Outcome.COUNTED)).isEqualTo(2);
        assertThat(counter.lines(Outcome.BANNED)).isEqualTo(1);
    }

    @Test
    void linesWrittenBeforeTheEndOfTheBanAreIgnoredAndThoseWrittenAfterItCountFromZero() {
        fail(0);
        fail(0);
        fail(0);
        assertThat(fail(59)).isEqualTo(Outcome.ALREADY_BANNED);
        // As many as it takes to be banned again, and no more: this is where fail2ban lets attackers through.
        assertThat(fail(60)).isEqualTo(Outcome.COUNTED);
        assertThat(fail(60)).isEqualTo(Outcome.COUNTED);
        assertThat(fail(60)).isEqualTo(Outcome.BANNED);
        assertThat(fail(61)).isEqualTo(Outcome.ALREADY_BANNED);
    }

    @Test
    void aFailureAfterTheFindTimeStartsAnew() {
        fail(0);
        fail(1);
        assertThat(fail(11)).isEqualTo(Outcome.COUNTED);
        assertThat(fail(12)).isEqualTo(Outcome.COUNTED);
        assertThat(fail(13)).isEqualTo(Outcome.BANNED);
    }

    @Test
    void aFailureBeyondTheFindTimeIsTooOld() {
        counter.begin(START + 20 * SECOND);
        assertThat(counter.fail(0, 1, rule, 5, START + 10 * SECOND - 1_000_000, START))
                .isEqualTo(Outcome.TOO_OLD);
        assertThat(counter.fail(0, 1, rule, 2, START + 10 * SECOND, START)).isEqualTo(Outcome.COUNTED);
        assertThat(counter.lines(Outcome.TOO_OLD)).isEqualTo(1);
    }

    @Test
    void severalAttemptsInOneLineCountAsSuch() {
        assertThat(counter.fail(0, 1, rule, 3, START, START)).isEqualTo(Outcome.BANNED);
        assertThat(counter.fail(0, 2, rule, 2, START, START)).isEqualTo(Outcome.COUNTED);
        assertThat(counter.fail(0, 2, rule, Integer.MAX_VALUE, START, START)).isEqualTo(Outcome.BANNED);
    }

    @Test
    void jailsAndAddressesAreCountedApart() {
        FailureRule other = new FailureRule(2, 3, 10 * SECOND, 60 * SECOND);
        for (int i = 0; i < 2; i++) {
            assertThat(fail(0)).isEqualTo(Outcome.COUNTED);
            assertThat(counter.fail(0, 1, other, 1, START, START)).isEqualTo(Outcome.COUNTED);
            assertThat(counter.fail(1, 1, rule, 1, START, START)).isEqualTo(Outcome.COUNTED);
        }
        assertThat(table.tracked()).isEqualTo(3);
    }

    @Test
    void aForgottenAddressStartsAtZero() {
        fail(0);
        fail(0);
        fail(0);
        table.forget(0, 1, 1);
        assertThat(table.tracked()).isZero();
        assertThat(fail(0)).isEqualTo(Outcome.COUNTED);
        assertThat(fail(0)).isEqualTo(Outcome.COUNTED);
        assertThat(fail(0)).isEqualTo(Outcome.BANNED);
    }

    @Test
    void anOperatorsBanHoldsAndCanBeProlonged() {
        table.ban(0, 1, 1, START + 5 * SECOND, START);
        assertThat(fail(4)).isEqualTo(Outcome.ALREADY_BANNED);
        table.ban(0, 1, 1, FailureRule.FOREVER, START);
        assertThat(fail(1_000_000)).isEqualTo(Outcome.ALREADY_BANNED);
    }

    @Test
    void theStalestAddressGoesFirstAndBansLast() {
        FailureTable small = new FailureTable(2, AddressHash.of(1, 2), START);
        FailureCounter into = new FailureCounter(small);
        into.begin(START);
        into.fail(0, 1, rule, 3, START, START);
        for (int i = 2; i <= 4; i++) {
            into.fail(0, i, rule, 1, START + i, START + i);
        }
        into.fail(0, 2, rule, 1, START + 9 * SECOND, START + 9 * SECOND);
        into.fail(0, 3, rule, 1, START + 8 * SECOND, START + 8 * SECOND);
        assertThat(into.evicted()).isZero();

        into.fail(0, 5, rule, 1, START + 9 * SECOND, START + 9 * SECOND);

        assertThat(into.evicted()).as("address 4 gave way").isEqualTo(1);
        assertThat(into.fail(0, 1, rule, 1, START, START)).isEqualTo(Outcome.ALREADY_BANNED);
        assertThat(into.fail(0, 2, rule, 1, START + 9 * SECOND, START)).isEqualTo(Outcome.BANNED);
        assertThat(into.fail(0, 3, rule, 1, START + 9 * SECOND, START)).isEqualTo(Outcome.BANNED);
        assertThat(into.entered()).isEqualTo(5);
    }

    @Test
    void theNumberOfTrackedAddressesIsBounded() {
        FailureTable small = new FailureTable(1000, AddressHash.random(), START);
        FailureCounter into = new FailureCounter(small);
        into.begin(START);
        for (int i = 0; i < 100_000; i++) {
            into.fail(i, i * 31L, rule, 1, START + i, START + i);
        }
        assertThat(small.capacity()).isEqualTo(1500);
        assertThat(small.tracked()).isEqualTo(1500);
        assertThat(into.evicted()).isEqualTo(98_500);
    }

    @Test
    void rulesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new FailureRule(0, 0, SECOND, SECOND)).hasMessageContaining("maxretry");
        assertThatThrownBy(() -> new FailureRule(0, 1, 0, SECOND)).hasMessageContaining("findtime");
        assertThatThrownBy(() -> new FailureRule(0, 1, SECOND, 0)).hasMessageContaining("bantime");
        assertThatThrownBy(() -> new FailureRule(-1, 1, SECOND, 1)).hasMessageContaining("jail");
        assertThatThrownBy(() -> new FailureTable(0, AddressHash.random(), 0)).hasMessageContaining("tracked");
    }

    private Outcome fail(long second) {
        long time = START + second * SECOND;
        counter.begin(time);
        return counter.fail(0, 1, rule, 1, time, time);
    }
}
