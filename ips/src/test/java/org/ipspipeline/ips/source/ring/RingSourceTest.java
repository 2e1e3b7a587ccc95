package org.ipspipeline.ips.source.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LinesOf;
import org.ipspipeline.ips.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RingSourceTest {

    @TempDir
    private Path directory;

    @Test
    void givesTheLinesOfEachSegment() throws IOException {
        final Path path = directory.resolve("ring");
        try (Ring ring = Ring.create(path, options(2))) {
            final List<LineSource> sources = RingSource.open("ring:" + path, path, StartPosition.OLDEST);
            assertThat(sources).hasSize(2);
            try (SegmentWriter first = ring.claim(0);
                    SegmentWriter second = ring.claim(1)) {
                write(first, "zero");
                write(second, "one");
                write(second, "two");
                assertThat(sources.get(1).status().lagLines()).isEqualTo(2);
                assertThat(new LinesOf(sources.get(0)).soFar()).containsExactly("zero");
                assertThat(new LinesOf(sources.get(1)).soFar()).containsExactly("one", "two");
                assertThat(sources.get(1).status().lines()).isEqualTo(2);
            }
            for (LineSource source : sources) {
                source.close();
            }
        }
    }

    @Test
    void attachesAgainToARingThatWasMadeAnew() throws IOException {
        final Path path = directory.resolve("ring");
        Ring ring = Ring.create(path, options(1));
        final LineSource source =
                RingSource.open("ring:" + path, path, StartPosition.OLDEST).get(0);
        final LinesOf lines = new LinesOf(source);
        try (SegmentWriter writer = ring.claim(0)) {
            write(writer, "before");
            assertThat(lines.soFar()).containsExactly("before");
        }
        ring.close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        ring = Ring.create(path, options(1));
        try (SegmentWriter writer = ring.claim(0)) {
            write(writer, "after");
            await().untilAsserted(() -> assertThat(lines.soFar()).containsExactly("before", "after"));
        }
        source.close();
        ring.close();
    }

    @Test
    void namesTheRingThatIsNotThereOrNotOurs() throws IOException {
        final Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> RingSource.open("ring:" + missing, missing, StartPosition.OLDEST))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("ring:" + missing);
        final Path foreign = directory.resolve("foreign");
        Files.write(foreign, new byte[8192]);
        assertThatThrownBy(() -> RingSource.open("ring:" + foreign, foreign, StartPosition.OLDEST))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("ring:" + foreign);
    }

    private static RingOptions options(int segments) {
        return RingOptions.builder().segments(segments).lines(64).build();
    }

    private static void write(SegmentWriter writer, String line) {
        final byte[] bytes = line.getBytes(UTF_8);
        assertThat(writer.write(bytes, 0, bytes.length, 1)).isEqualTo(1);
    }
}
