package org.ipspipeline.ips.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The table beside a plain map with fail2ban's rule, over random histories of a few addresses. */
final class FailureTableModelTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FIND = 1_000;
    private static final long BAN = 700;

    record Step(int address, int jail, int attempts, long advance, long lateness, boolean forget) {}

    private static final class Entry {
        double failures;
        long first;
        long last;
        long bannedUntil = -1;
    }

    /** fail2ban's rule, as simply as it can be said; milliseconds. */
    private static Outcome model(Map<List<Integer>, Entry> map, Step step, int limit, long now) {
        long failed = now - step.lateness;
        if (failed < now - FIND) {
            return Outcome.TOO_OLD;
        }
        List<Integer> key = List.of(step.address, step.jail);
        Entry entry = map.get(key);
        if (entry != null && entry.bannedUntil >= 0 && failed < entry.bannedUntil) {
            return Outcome.ALREADY_BANNED;
        }
        if (entry == null || entry.bannedUntil >= 0 || failed - entry.last >= FIND) {
            entry = new Entry();
            entry.first = failed;
            entry.last = failed;
            map.put(key, entry);
        } else if (failed > entry.last) {
            if (entry.first < failed - FIND) {
                entry.failures = Math.rint(entry.failures * FIND / (failed - entry.first));
                entry.first = failed - FIND;
            }
            entry.last = failed;
        }
        entry.failures += step.attempts;
        if (entry.failures >= limit) {
            entry.bannedUntil = now + BAN;
            return Outcome.BANNED;
        }
        return Outcome.COUNTED;
    }

    @Property(tries = 2_000)
    void countsAsThePlainMapDoes(@ForAll("histories") List<Step> steps, @ForAll @IntRange(min = 1, max = 6) int limit) {
        long start = 123_456_789L * MILLI;
        FailureTable table = new FailureTable(64, AddressHash.random(), start);
        FailureCounter counter = new FailureCounter(table);
        FailureRule[] rules = {
            new FailureRule(0, limit, FIND * MILLI, BAN * MILLI), new FailureRule(1, limit, FIND * MILLI, BAN * MILLI)
        };
        Map<List<Integer>, Entry> map = new HashMap<>();
        long now = 10_000;
        for (Step step : steps) {
            now += step.advance;
            if (step.forget) {
                map.remove(List.of(step.address, step.jail));
                table.forget(step.address, ~step.address, step.jail);
                continue;
            }
            counter.begin(start + now * MILLI);
            long failed = start + (now - step.lateness) * MILLI;
            Outcome outcome =
                    counter.fail(step.address, ~step.address, rules[step.jail], step.attempts, failed, failed);
            assertThat(outcome).as("%s at %d ms", step, now).isEqualTo(model(map, step, limit, now));
        }
        assertThat(table.tracked()).isEqualTo(map.size());
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Long> lateness = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(0L)),
                net.jqwik.api.Tuple.of(3, Arbitraries.longs().between(0, FIND)),
                net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(FIND, 2 * FIND)));
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.longs().between(0, 400),
                        lateness,
                        Arbitraries.integers().between(0, 20).map(i -> i == 0))
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }
}
