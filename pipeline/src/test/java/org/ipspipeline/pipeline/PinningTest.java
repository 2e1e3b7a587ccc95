package org.ipspipeline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.ipspipeline.pipeline.cpu.CpuPlan;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers run where the plan says, by the kernel's own account, and never outside the process's mask. */
@Timeout(60)
class PinningTest {

    @Test
    void aWorkerRunsOnTheCpuOfThePlan() throws InterruptedException {
        Machine.needsFile("/proc/thread-self/status");
        AtomicReference<String> seen = new AtomicReference<>("");
        Pipeline<NumberEvent> pipeline = Pipeline.<NumberEvent>named("pinned")
                .events(NumberEvent::new)
                .source(new NumberSource(0, 1))
                .stage("look", worker -> event -> seen.set(allowedCpus()))
                .cpuPlan(CpuPlan.explicit(firstAllowedCpu()))
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(Duration.ofSeconds(30))).isTrue();
            assertThat(running.snapshot().workers().get(0).cpu()).isEqualTo(firstAllowedCpu());
        }
        assertThat(seen.get()).isEqualTo(String.valueOf(firstAllowedCpu()));
        assertThat(pipeline.describe()).contains("explicit");
    }

    @Test
    void aPlanThatTheKernelRefusesLeavesTheWorkerWhereItWas() throws InterruptedException {
        Machine.needsFile("/proc/thread-self/status");
        Pipeline<NumberEvent> pipeline = Pipeline.<NumberEvent>named("refused")
                .events(NumberEvent::new)
                .source(new NumberSource(0, 1))
                .stage("nothing", worker -> event -> {})
                .cpuPlan(CpuPlan.explicit(1023))
                .build();
        try (RunningPipeline running = pipeline.start()) {
            assertThat(running.await(Duration.ofSeconds(30))).isTrue();
            assertThat(running.failure()).isEmpty();
            assertThat(running.snapshot().workers().get(0).cpu()).isEqualTo(-1);
        }
    }

    @Test
    void withinACpusetNothingIsPinnedOutsideIt() throws IOException, InterruptedException {
        Machine.needsPrograms("taskset");
        String cpu = String.valueOf(firstAllowedCpu());
        Process process = new ProcessBuilder(
                        "taskset",
                        "-c",
                        cpu,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PinnedProcess.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("mask " + cpu + "\n").contains("auto pins nothing: 1 threads leave none of 1 CPUs");
    }

    /** The calling thread's mask, as the kernel lists it. */
    static String allowedCpus() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static int firstAllowedCpu() {
        try {
            return Integer.parseInt(allowedCpus().split("[-,]", 2)[0]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Prints its pipeline's plan and the mask of its worker. */
    static final class PinnedProcess {

        private PinnedProcess() {}

        public static void main(String[] arguments) throws InterruptedException {
            Pipeline<NumberEvent> pipeline = Pipeline.<NumberEvent>named("process")
                    .events(NumberEvent::new)
                    .source(new NumberSource(0, 1))
                    .stage("print", worker -> event -> System.out.println("mask " + allowedCpus()))
                    .build();
            System.out.println(pipeline.describe());
            try (RunningPipeline running = pipeline.start()) {
                running.await(Duration.ofSeconds(30));
            }
        }
    }
}
