package org.ipspipeline.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;

final class SuitesTest {

    @Test
    void everyBenchmarkRuns() throws Exception {
        Machine.needsRoot();
        Set<String> run = new TreeSet<>();
        for (RunResult result : Suites.rehearse("Benchmark")) {
            assertThat(result.getPrimaryResult().getScore()).isPositive();
            String name = result.getParams().getBenchmark();
            run.add(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1));
        }
        assertThat(run)
                .containsExactly(
                        "AddressBenchmark.format",
                        "AddressBenchmark.parse",
                        "CountingBenchmark.fail",
                        "MapUpdateBenchmark.ban",
                        "MatchingBenchmark.match",
                        "RingBenchmark.inBatches",
                        "RingBenchmark.singly",
                        "StageBenchmark.ban",
                        "StageBenchmark.count",
                        "StageBenchmark.match",
                        "StageBenchmark.parse");
    }
}
