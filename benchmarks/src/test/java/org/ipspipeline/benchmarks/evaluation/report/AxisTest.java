package org.ipspipeline.benchmarks.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Axes that people can read. */
final class AxisTest {

    @Property
    void anAxisReachesItsValueWithAFewMarks(@ForAll @IntRange(min = 1) int thousandths) {
        double most = thousandths / 1e3;
        Axis axis = Axis.upTo(most, 5);

        assertThat(axis.end()).isGreaterThanOrEqualTo(most * (1 - 1e-6)).isLessThanOrEqualTo(most * 2.1);
        assertThat(axis.marks()).hasSizeBetween(2, 7).startsWith(0.0);
    }

    @Test
    void marksAreRound() {
        assertThat(Axis.upTo(3_100_000, 5).marks().stream().map(Axis::label))
                .containsExactly("0", "1M", "2M", "3M", "4M");
        assertThat(Axis.upTo(0.35, 2).marks().stream().map(Axis::label)).containsExactly("0", "0.2", "0.4");
        assertThat(Axis.upTo(0, 5).end()).isPositive();
    }
}
