package org.ipspipeline.benchmarks.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;

/** A server that logs to the ring makes no system call for a line; one that logs to a file makes one for each batch. */
final class LoggingComparisonTest {

    @Test
    void aLineToTheRingCostsNoSystemCall() throws Exception {
        Machine.needsPrograms("strace");
        Bench bench = new Bench(1, List.of(), new PrintWriter(Writer.nullWriter()));

        new LoggingComparison().run(bench);

        assertThat(bench.rows()).hasSize(2);
        Row ring = bench.rows().get(0);
        // The virtual machine stops threads now and then, for its own sake.
        assertThat(ring.value()).as(ring.note()).isLessThan(0.002);
        assertThat(ring.note()).doesNotContain("write");
        Row file = bench.rows().get(1);
        assertThat(file.value()).as(file.note()).isGreaterThan(0.01);
        assertThat(file.note()).contains("write");
    }

    @Test
    void straceCountsAreReadByName() {
        SystemCallCounts counts = SystemCallCounts.parse(List.of(
                "% time     seconds  usecs/call     calls    errors syscall",
                "------ ----------- ----------- --------- --------- ----------------",
                " 90.00    0.012345           1     12345        12 recvmmsg",
                "  5.00    0.000100           1       200           write",
                "100.00    0.012445           1     12545        12 total"));

        assertThat(counts.calls()).containsEntry("recvmmsg", 12_345L).containsEntry("write", 200L);
        assertThat(counts.ofLogging()).isEqualTo(200);
        assertThat(counts.text()).isEqualTo("recvmmsg 12345, write 200");
    }
}
