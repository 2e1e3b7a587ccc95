package org.ipspipeline.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {

    @Test
    void columnsAreAlignedAndRemarksStandAtTheEnd() {
        Table table = new Table(
                "Lines",
                List.of("", "lines/s", "lost"),
                List.of(
                        List.of("ring", 12_345_678.4, 0.0),
                        List.of("pipe", 9.876, 12.0),
                        List.of("queue", Double.NaN, Double.NaN, "not run")));
        assertThat(table.text()).isEqualTo("""
                        Lines
                                  lines/s  lost
                        ring   12,345,678     0
                        pipe         9.88    12
                        queue                    not run
                        """);
    }
}
