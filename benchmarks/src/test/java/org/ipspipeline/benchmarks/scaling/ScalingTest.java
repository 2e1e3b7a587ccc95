package org.ipspipeline.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is timed is done: every reader ends only when it has read all lines, every block is matched as it must be. */
final class ScalingTest {

    @ParameterizedTest
    @CsvSource({"1,1", "4,1", "1,3", "4,2"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyReaderReadsEveryLine(int writers, int readers) throws Exception {
        assertThat(new RingTraffic(writers, readers, 200_000).linesPerSecond()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void halfOfTheLinesMatchOneOfThePatterns(int patterns) {
        assertThat(new PatternCost(patterns).nanos()).isPositive();
    }
}
