package org.ipspipeline.ips.source.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LinesOf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StreamSourceTest {

    private Pipe pipe;
    private LineSource source;
    private LinesOf lines;

    @BeforeEach
    void open() throws IOException {
        pipe = Pipe.open();
        source = StreamSource.of("stdin:", pipe.source(), new Doorbell(1_000_000), 100);
        lines = new LinesOf(source);
    }

    @AfterEach
    void close() throws IOException {
        source.close();
        pipe.sink().close();
    }

    @Test
    void givesLinesAsTheyComeAndTheLastOneAtTheEnd() throws IOException {
        write("one\ntw");
        await().untilAsserted(() -> assertThat(lines.soFar()).containsExactly("one"));
        write("o\r\nlast");
        await().untilAsserted(() -> assertThat(lines.soFar()).containsExactly("one", "two"));
        assertThat(source.isExhausted()).isFalse();
        pipe.sink().close();
        await().untilAsserted(() -> {
            assertThat(lines.soFar()).containsExactly("one", "two", "last");
            assertThat(source.isExhausted()).isTrue();
        });
    }

    @Test
    void holdsTheWriterBackInsteadOfLosingLines() throws IOException {
        final List<String> all = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            all.add("line number " + i + (i % 1000 == 0 ? " is one that is far too long".repeat(20) : ""));
        }
        final Thread writer = new Thread(() -> {
            try {
                write(String.join("\n", all) + "\n");
                pipe.sink().close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        final List<String> expected = all.stream()
                .map(line -> line.length() > 100 ? line.substring(0, 100) : line)
                .toList();
        await().untilAsserted(() -> {
            lines.soFar();
            assertThat(source.isExhausted()).isTrue();
        });
        assertThat(lines.soFar()).isEqualTo(expected);
        assertThat(source.status().cutLines()).isEqualTo(100);
        assertThat(source.status().lines()).isEqualTo(100_000);
    }

    private void write(String text) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            pipe.sink().write(bytes);
        }
    }
}
