package org.ipspipeline.ips.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.pipeline.RunningPipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedIpsTest {

    @TempDir
    private Path directory;

    @Test
    void bansWhoReachesTheLimitOverAllSegmentsAndNobodyElse() throws InterruptedException {
        Path path = directory.resolve("ring");
        Queue<String> banned = new ConcurrentLinkedQueue<>();
        try (Ring ring = Ring.create(path, RingOptions.builder().segments(2).build());
                RunningPipeline running = new EmbeddedIps().start(path, banned::add);
                SegmentWriter first = ring.claim(0);
                SegmentWriter second = ring.claim(1)) {
            write(first, "192.0.2.1", "192.0.2.2", "2001:db8::1");
            write(second, "192.0.2.1", "2001:db8::1");
            write(first, "2001:db8::1", "192.0.2.1", "192.0.2.1", "192.0.2.3");

            await().until(() -> banned.size() >= 2);
            running.drain(Duration.ofSeconds(10));
            assertThat(banned).containsExactlyInAnyOrder("192.0.2.1", "2001:db8::1");
        }
    }

    private static void write(SegmentWriter writer, String... addresses) {
        for (String address : addresses) {
            byte[] line = ("2026-11-24 10:00:00 client " + address + " exceeded request rate limit").getBytes(UTF_8);
            assertThat(writer.write(line, 0, line.length, 0)).isEqualTo(1);
        }
    }
}
