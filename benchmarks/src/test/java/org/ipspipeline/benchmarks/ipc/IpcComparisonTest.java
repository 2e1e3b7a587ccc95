package org.ipspipeline.benchmarks.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import org.ipspipeline.testing.Machine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contenders that lose nothing deliver every line to every reader, in runs too short to measure anything. */
final class IpcComparisonTest {

    @ParameterizedTest
    @CsvSource({"C, ring, 2", "C, posix-memory, 2", "C, pipe, 1", "C, system-v-queue, 1", "JAVA, ring, 1"})
    void everyReaderGetsEveryLine(Contender.Kind kind, String mechanism, int readers) throws Exception {
        Machine.needsPrograms("gcc");
        Figures figures = IpcComparison.once(new Contender(mechanism, kind, mechanism, readers, 2000), 100);
        assertThat(figures.lost()).isZero();
        assertThat(figures.rate()).isPositive();
        assertThat(figures.cpuMicros()).isNotNegative();
        assertThat(figures.medianMicros()).isPositive();
        assertThat(figures.highMicros()).isGreaterThanOrEqualTo(figures.medianMicros());
    }
}
