package org.ipspipeline.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContestTest {

    @Test
    void aRatioIsTheMedianOfTheRoundsRatios() throws Exception {
        Iterator<Double> ours = List.of(99.0, 10.0, 20.0, 60.0).iterator();
        Iterator<Double> theirs = List.of(99.0, 10.0, 10.0, 20.0).iterator();

        Row row = new Contest("rate", "lines/s", Better.HIGHER)
                .contender("ours", ours::next)
                .contender("theirs", theirs::next)
                .run(3)
                .compare("ours", "theirs");

        assertThat(row.value()).isEqualTo(20);
        assertThat(row.versusValue()).isEqualTo(10);
        assertThat(row.ratio()).isEqualTo(2);
    }

    @Test
    void lessIsBetterForTimes() {
        assertThat(Better.LOWER.ratio(50, 100)).isCloseTo(2, within(1e-9));
        assertThat(Better.LOWER.ratio(0, 100)).isNaN();
    }

    @Test
    void everyRoundRunsEveryContenderAndStartsWithAnother() throws Exception {
        List<String> turns = new ArrayList<>();

        new Contest("rate", "lines/s", Better.HIGHER)
                .contender("A", () -> turns.add("A") ? 1 : 0)
                .contender("B", () -> turns.add("B") ? 1 : 0)
                .run(2);

        assertThat(turns).containsExactly("B", "A", "A", "B", "B", "A");
    }
}
