package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.RecordingEnforcer.PortKey;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bans from some ports in the book, with one enforcer that tells ports apart and one that does not. */
final class PortBansTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long JUST = 10_000_000;
    private static final int ALL = 1;
    private static final int SSH = 2;
    private static final int ALSO_SSH = 3;
    private static final AddressPrefix A = Objects.requireNonNull(AddressPrefix.parse("10.0.0.1"));

    private final RecordingEnforcer fine = new RecordingEnforcer(false, false, false).withPorts();
    private final RecordingEnforcer coarse = new RecordingEnforcer(false, false, false);
    private final JailPolicies policies = JailPolicies.of();
    private final BanBook book = new BanBook(
            100,
            new FailureTable(64, AddressHash.random(), 0),
            policies,
            new BanHistory(100, SECOND),
            List.of(fine, coarse),
            List.of(),
            0);

    @BeforeEach
    void jails() {
        policies.replace(List.of(policy(ALL, 0), policy(SSH, 7), policy(ALSO_SSH, 7)));
    }

    private static JailPolicy policy(int jail, int portSet) {
        return JailPolicy.of("jail" + jail, new FailureRule(jail, 1, SECOND, SECOND))
                .withPortSet(portSet);
    }

    @Test
    void bansFromDifferentPortsStandSideBySide() {
        ban(ALL, 10);
        ban(SSH, 20);
        assertThat(fine.held).containsOnlyKeys(A, port(7)).containsEntry(A, 10 * SECOND);
        assertThat(coarse.held).as("the longest").containsOnlyKeys(A).containsEntry(A, 20 * SECOND);
        at(10);
        assertThat(fine.held).containsOnlyKeys(port(7));
        assertThat(coarse.held).containsOnlyKeys(A);
        at(20);
        assertThat(fine.held).isEmpty();
        assertThat(coarse.held).isEmpty();
    }

    @Test
    void twoJailsBansFromTheSamePortsAreOneUntilTheLaterEnd() {
        ban(SSH, 20);
        ban(ALSO_SSH, 10);
        assertThat(fine.held).containsOnlyKeys(port(7)).containsEntry(port(7), 20 * SECOND);
        book.lift(SSH, A);
        book.flush();
        assertThat(fine.held).containsEntry(port(7), 10 * SECOND);
        book.lift(ALSO_SSH, A);
        book.flush();
        assertThat(fine.held).isEmpty();
    }

    @Test
    void aJailThatGetsOtherPortsTakesItsBansAlong() {
        ban(SSH, 20);
        ban(ALSO_SSH, 10);
        policies.replace(List.of(policy(SSH, 8), policy(ALSO_SSH, 7)));
        book.followPolicies();
        book.flush();
        assertThat(fine.held)
                .containsOnlyKeys(port(7), port(8))
                .containsEntry(port(7), 10 * SECOND)
                .containsEntry(port(8), 20 * SECOND);
        policies.replace(List.of(policy(SSH, 8), policy(ALSO_SSH, 0)));
        book.followPolicies();
        book.flush();
        assertThat(fine.held).containsOnlyKeys(A, port(8));
        assertThat(coarse.held).containsOnlyKeys(A).containsEntry(A, 20 * SECOND);
    }

    @Test
    void aBanThatWasDecidedForTheOldPortsIsForTheNewOnes() {
        BanNotice notice = new BanNotice();
        notice.high = A.high();
        notice.low = A.low();
        notice.prefixLength = A.length();
        notice.jail = SSH;
        notice.portSet = 5;
        notice.until = 20 * SECOND;
        notice.decided = Long.MAX_VALUE;
        book.enter(notice);
        book.flush();
        assertThat(fine.held).containsOnlyKeys(port(7));
    }

    @Test
    void whatAnEnforcerLacksOrHasTooMuchIsMadeGoodPortByPort() {
        ban(ALL, 100);
        ban(SSH, 100);
        fine.held.remove(port(7));
        fine.held.put(port(9), 100 * SECOND);
        at(50);
        BanTable held = new BanTable(100, AddressHash.random());
        fine.forEachBan((portSet, high, low, length, until, dropped) ->
                held.portSet(held.add(high, low, length, 0, 0, until, 0), portSet));
        assertThat(book.banMissing(fine, held, 0, 100, 50 * SECOND)).isEqualTo(1);
        assertThat(book.liftSurplus(fine, held, 0, 100, Set.of(new Enforcement.Surplus(A, 9)), new HashSet<>()))
                .isEqualTo(1);
        book.flush();
        assertThat(fine.held).containsOnlyKeys(A, port(7));
    }

    private static PortKey port(int portSet) {
        return new PortKey(A, portSet);
    }

    private void ban(int jail, long seconds) {
        assertThat(book.ban(jail, A, seconds * SECOND)).isTrue();
        book.flush();
    }

    private void at(long seconds) {
        book.advance(seconds * SECOND + JUST);
        book.flush();
    }
}
