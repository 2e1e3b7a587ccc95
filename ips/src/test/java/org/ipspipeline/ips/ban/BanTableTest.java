package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ipspipeline.ips.count.AddressHash;

/** The table beside a plain map. */
final class BanTableTest {

    private static final int CAPACITY = 20;

    record Step(long low, int prefixLength, int jail, boolean remove) {}

    @Property(tries = 1_000)
    void holdsWhatAPlainMapHolds(@ForAll("steps") List<Step> steps) {
        BanTable table = new BanTable(CAPACITY, AddressHash.random());
        Map<List<Object>, Long> map = new HashMap<>();
        long until = 0;
        for (Step step : steps) {
            List<Object> key = List.of(step.low, step.prefixLength, step.jail);
            int ban = table.find(~step.low, step.low, step.prefixLength, step.jail);
            assertThat(ban != BanTable.NONE).isEqualTo(map.containsKey(key));
            if (step.remove) {
                if (ban != BanTable.NONE) {
                    table.remove(ban);
                    map.remove(key);
                }
            } else if (ban == BanTable.NONE) {
                int added = table.add(~step.low, step.low, step.prefixLength, step.jail, -1, ++until, 7);
                assertThat(added != BanTable.NONE).isEqualTo(map.size() < CAPACITY);
                if (added != BanTable.NONE) {
                    table.times(added, (int) until);
                    map.put(key, until);
                }
            }
        }
        assertThat(table.size()).isEqualTo(map.size());
        Map<List<Object>, Long> listed = new HashMap<>();
        for (int ban = 0; ban < table.bound(); ban++) {
            if (table.isBan(ban)) {
                assertThat(table.high(ban)).isEqualTo(~table.low(ban));
                assertThat(table.since(ban)).isEqualTo(-1);
                assertThat(table.failures(ban)).isEqualTo(7);
                assertThat(table.times(ban)).isEqualTo((int) table.until(ban));
                listed.put(List.of(table.low(ban), table.prefixLength(ban), table.jail(ban)), table.until(ban));
            }
        }
        assertThat(listed).isEqualTo(map);
        for (Step step : steps) {
            List<Integer> jails = new ArrayList<>();
            int ban = table.firstOf(~step.low, step.low, step.prefixLength);
            for (; ban != BanTable.NONE; ban = table.nextOf(ban)) {
                jails.add(table.jail(ban));
            }
            List<Object> expected = map.keySet().stream()
                    .filter(key -> key.get(0).equals(step.low) && key.get(1).equals(step.prefixLength))
                    .map(key -> key.get(2))
                    .toList();
            assertThat(jails)
                    .doesNotHaveDuplicates()
                    .hasSameElementsAs(
                            expected.stream().map(Integer.class::cast).toList());
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 12),
                        Arbitraries.of(64, 128),
                        Arbitraries.of(0, 1, 0xFFFF),
                        Arbitraries.integers().between(0, 2).map(i -> i == 0))
                .as(Step::new)
                .list()
                .ofMaxSize(150);
    }
}
