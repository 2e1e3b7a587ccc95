package org.ipspipeline.pipeline.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuPlanTest {

    /** Two nodes of two cores of two hardware threads: 0,4 and 1,5 on node 0, 2,6 and 3,7 on node 1. */
    private static void writeEightCpus(Path sysfs, String isolated) throws IOException {
        Files.createDirectories(sysfs.resolve("cpu"));
        Files.writeString(sysfs.resolve("cpu/isolated"), isolated + "\n");
        for (int cpu = 0; cpu < 8; cpu++) {
            Path directory = sysfs.resolve("cpu/cpu" + cpu);
            Files.createDirectories(directory.resolve("topology"));
            Files.createDirectories(directory.resolve("node" + cpu % 4 / 2));
            Files.writeString(directory.resolve("topology/thread_siblings_list"), cpu % 4 + "," + (cpu % 4 + 4) + "\n");
        }
    }

    private static List<Integer> cpus(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void spreadTakesWholeCoresFirstNodeByNodeAndThenTheOtherThreads(@TempDir Path sysfs) throws IOException {
        writeEightCpus(sysfs, "");
        CpuLayout layout = CpuLayout.read(sysfs, cpus(8));
        assertThat(CpuPlan.spread().assign(3, layout).cpus()).containsExactly(0, 1, 2);
        assertThat(CpuPlan.spread().assign(8, layout).cpus()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(CpuPlan.spread().assign(8, layout).isExclusive()).isTrue();
    }

    @Test
    void spreadStaysWithinTheCpuset(@TempDir Path sysfs) throws IOException {
        writeEightCpus(sysfs, "");
        CpuLayout layout = CpuLayout.read(sysfs, List.of(1, 5, 6));
        assertThat(CpuPlan.spread().assign(3, layout).cpus()).containsExactly(1, 6, 5);
        assertThat(CpuPlan.spread().assign(4, layout).cpus()).containsOnly(CpuAssignment.UNPINNED);
        assertThat(CpuPlan.spread().assign(4, layout).choice()).contains("4 threads are too many for 3 CPUs");
    }

    @Test
    void isolatedTakesWhatTheKernelKeepsFree(@TempDir Path sysfs) throws IOException {
        writeEightCpus(sysfs, "2-3,7");
        CpuLayout layout = CpuLayout.read(sysfs, List.of(0, 1, 4, 5, 6));
        assertThat(CpuPlan.isolated().assign(2, layout).cpus()).containsExactly(2, 3);
        assertThat(CpuPlan.isolated().assign(4, layout).cpus()).containsOnly(CpuAssignment.UNPINNED);
        assertThat(CpuPlan.auto().assign(3, layout).cpus()).containsExactly(2, 3, 7);
    }

    @Test
    void autoPinsOnlyWhereACpuStaysFree(@TempDir Path sysfs) throws IOException {
        writeEightCpus(sysfs, "");
        assertThat(CpuPlan.auto().assign(2, CpuLayout.read(sysfs, cpus(2))).cpus())
                .containsOnly(CpuAssignment.UNPINNED);
        assertThat(CpuPlan.auto().assign(1, CpuLayout.read(sysfs, cpus(1))).cpus())
                .containsOnly(CpuAssignment.UNPINNED);
        assertThat(CpuPlan.auto().assign(2, CpuLayout.read(sysfs, cpus(3))).cpus())
                .containsExactly(0, 1);
    }

    @Test
    void explicitCpusGoRoundWhereThereAreTooFew() {
        CpuLayout any = new CpuLayout(List.of(), List.of());
        assertThat(CpuPlan.explicit(3, 5).assign(3, any).cpus()).containsExactly(3, 5, 3);
        assertThat(CpuPlan.explicit(3, 5).assign(3, any).isExclusive()).isFalse();
        assertThatThrownBy(() -> CpuPlan.explicit()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CpuPlan.explicit(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noneLeavesTheThreadsToTheScheduler() {
        CpuAssignment none = CpuPlan.none().assign(2, new CpuLayout(List.of(), List.of()));
        assertThat(none.cpus()).containsExactly(CpuAssignment.UNPINNED, CpuAssignment.UNPINNED);
        assertThat(none).hasToString("not pinned, as declared");
    }

    @Test
    void aMachineThatShowsNoLayoutIsTakenForOneNodeOfWholeCores(@TempDir Path sysfs) {
        CpuLayout layout = CpuLayout.read(sysfs, List.of(4, 2));
        assertThat(layout.allowed()).containsExactly(new Cpu(2, 2, 0, false), new Cpu(4, 4, 0, false));
        assertThat(layout.isolated()).isEmpty();
    }

    @Test
    void readsTheKernelsLists() {
        assertThat(CpuList.parse("0-2,8,10-11\n")).containsExactly(0, 1, 2, 8, 10, 11);
        assertThat(CpuList.parse("\n")).isEmpty();
        assertThatThrownBy(() -> CpuList.parse("a-b")).hasMessageContaining("0-3,8");
    }
}
