package org.ipspipeline.ips.source.ring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ipspipeline.ipc.FullPolicy;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.stream.StreamSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RingFillerTest {

    private static final int LINES = 20_000;

    @TempDir
    private Path directory;

    @Test
    void dropsAndCountsWhatAReaderThatHangsLeavesNoRoomFor() throws IOException {
        try (Ring ring = Ring.create(
                        directory.resolve("ring"),
                        RingOptions.builder().lines(1000).lineSize(64).build());
                SegmentWriter writer = ring.claim(0, FullPolicy.giveBack());
                RingReader reader = ring.join(StartPosition.OLDEST);
                LineSource source = numbers()) {
            final RingFiller filler = new RingFiller(writer, Duration.ofMillis(5));
            await().until(() -> {
                filler.fillFrom(source);
                return source.isExhausted();
            });
            assertThat(filler.dropped()).isPositive();
            assertThat(filler.written() + filler.dropped()).isEqualTo(LINES);
            final LineBuffer lines = new LineBuffer(2000, 200_000);
            final long read = reader.segment(0).read(lines, 2000);
            assertThat(read).isEqualTo(filler.written());
        }
    }

    private static LineSource numbers() {
        final String text = IntStream.range(0, LINES).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        return StreamSource.of(
                "numbers",
                Channels.newChannel(new ByteArrayInputStream(text.getBytes(US_ASCII))),
                new Doorbell(1_000_000),
                1000);
    }
}
