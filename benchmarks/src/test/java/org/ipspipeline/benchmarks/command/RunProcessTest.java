package org.ipspipeline.benchmarks.command;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process: reads what another process writes, bans, and accounts for every line at its end. */
final class RunProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void linesOfARingBanAndTheSummaryCountsThemAll() throws Exception {
        Path path = directory.resolve("ring");
        Path stats = directory.resolve("stats");
        Path output = directory.resolve("output");
        try (Ring ring = Ring.create(path, RingOptions.builder().segments(2).build());
                SegmentWriter first = ring.claim(0);
                SegmentWriter second = ring.claim(1)) {
            Process daemon = Program.start(
                    output,
                    "run",
                    "--source",
                    "ring:" + path,
                    "--pattern",
                    "client <HOST> exceeded",
                    "--max-retry",
                    "3",
                    "--dry-run",
                    "--stats-every",
                    "50ms",
                    "--stats-json",
                    stats.toString());
            try {
                await().atMost(PATIENCE)
                        .until(() -> Files.exists(stats) && !reports(stats).isEmpty());
                // Two failures in one segment and one in the other make three.
                write(first, "client 192.0.2.1 exceeded");
                write(first, "client 192.0.2.1 exceeded");
                write(second, "client 2001:db8::1 exceeded");
                write(second, "client 192.0.2.1 exceeded");
                write(second, "nothing of interest");
                await().atMost(PATIENCE).until(() -> read(last(stats)) == 5);

                daemon.toHandle().destroy();
                assertThat(daemon.waitFor(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                        .isTrue();
            } finally {
                daemon.destroyForcibly();
            }
        }
        Map<String, Object> summary = last(stats);
        assertThat(summary).as(Files.readString(output)).containsEntry("type", "summary");
        assertThat(read(summary)).isEqualTo(5);
        assertThat(summary).containsEntry("matches", 4);
        assertThat(summary.get("bans"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("total", 1)
                .containsEntry("distinct", 1);
        assertThat(Files.readString(output)).contains("5 lines read, 0 lost; 4 failures; 1 bans of 1 clients");
    }

    private static void write(SegmentWriter writer, String line) {
        byte[] bytes = line.getBytes(UTF_8);
        assertThat(writer.write(bytes, 0, bytes.length, Stamps.now())).isEqualTo(1);
    }

    private static List<String> reports(Path stats) throws IOException {
        String text = Files.readString(stats);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static Map<String, Object> last(Path stats) throws IOException {
        List<String> reports = reports(stats);
        return JSON.std.mapFrom(reports.get(reports.size() - 1));
    }

    private static long read(Map<String, Object> report) {
        Map<?, ?> lines = (Map<?, ?>) Objects.requireNonNull(report.get("lines"));
        return ((Number) Objects.requireNonNull(lines.get("read"))).longValue();
    }
}
