package org.ipspipeline.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as a user starts it: real packets in namespaces, bans in the kernel, and nothing left behind. */
final class DemoProcessTest {

    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @BeforeEach
    void needsNamespaces() {
        Machine.needsRoot();
        Machine.needsPrograms("ip", "nsenter", "setpriv");
    }

    @Test
    void bansInTheKernelAndAccountsForEveryLine() throws Exception {
        Path json = directory.resolve("result");
        Path output = directory.resolve("output");
        Process demo = Program.start(
                output,
                "demo",
                "--duration",
                "4s",
                "--ban-time",
                "2s",
                "--pps",
                "20000",
                "--family",
                "both",
                "--json",
                json.toString());
        assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        Map<String, Object> result = JSON.std.mapFrom(json.toFile());
        assertThat(result)
                .as(Files.readString(output))
                .containsOnlyKeys(
                        "duration_s",
                        "enforcement",
                        "offered",
                        "dropped_in_kernel",
                        "reached_server",
                        "answered_valid",
                        "lines",
                        "bans",
                        "ban_latency_us",
                        "time_to_95_percent_drop_s",
                        "relative_drop_percent")
                .containsEntry("enforcement", "xdp-native");
        long written = number(result, "lines", "written");
        assertThat(written).isGreaterThanOrEqualTo(254L * 3);
        assertThat(number(result, "lines", "read")).isEqualTo(written);
        assertThat(number(result, "lines", "lost")).isZero();
        assertThat(number(result, "bans", "distinct")).isEqualTo(254);
        assertThat(number(result, "bans", "total"))
                .as("banned again after each unban")
                .isGreaterThan(254);
        assertThat(leftovers(demo.pid())).isEmpty();
    }

    @Test
    void anEndInTheMiddleLeavesNothingBehind() throws Exception {
        Path output = directory.resolve("output");
        Process demo = Program.start(output, "demo", "--duration", "60s", "--pps", "1000");
        try {
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .until(() -> Files.readString(output).contains("offered"));
            assertThat(leftovers(demo.pid())).isNotEmpty();
        } finally {
            demo.toHandle().destroy();
        }
        assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(leftovers(demo.pid())).isEmpty();
    }

    /** What bears the demonstration's process id: namespaces, directories in shared memory, participants. */
    private static List<String> leftovers(long pid) throws IOException {
        String mark = "ips-demo-" + pid + "-";
        try (Stream<Path> namespaces = Files.list(Path.of("/run/netns"));
                Stream<Path> memory = Files.list(Path.of("/dev/shm"))) {
            Stream<String> files = Stream.concat(namespaces, memory)
                    .map(path -> path.getFileName().toString());
            Stream<String> processes = ProcessHandle.allProcesses()
                    .map(process -> process.info().commandLine().orElse(""));
            return Stream.concat(files, processes)
                    .filter(name -> name.contains(mark))
                    .toList();
        }
    }

    private static long number(Map<String, Object> result, String object, String key) {
        Map<?, ?> inner = (Map<?, ?>) Objects.requireNonNull(result.get(object));
        return ((Number) Objects.requireNonNull(inner.get(key))).longValue();
    }
}
