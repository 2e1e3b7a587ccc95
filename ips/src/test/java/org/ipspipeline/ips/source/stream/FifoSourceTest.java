package org.ipspipeline.ips.source.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LinesOf;
import org.ipspipeline.ips.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FifoSourceTest {

    @TempDir
    private Path directory;

    @Test
    void readsOneWriterAfterAnotherAndLosesNothingBetweenThem() throws Exception {
        final Path pipe = directory.resolve("pipe");
        run("mkfifo", pipe.toString());
        try (LineSource source = open(pipe)) {
            final LinesOf lines = new LinesOf(source);
            run("sh", "-c", "for i in $(seq 200); do printf \"$i\" >" + pipe + "; done; seq 201 5000 >" + pipe);
            await().untilAsserted(() -> assertThat(lines.soFar().stream()
                            .mapToInt(line -> line.endsWith("5000") ? 1 : 0)
                            .sum())
                    .isEqualTo(1));
            // Writers that did not end their lines may have come in one read; no byte of them is missing.
            final StringBuilder all = new StringBuilder();
            for (int i = 1; i <= 5000; i++) {
                all.append(i);
            }
            assertThat(String.join("", lines.soFar())).isEqualTo(all.toString());
            assertThat(source.isExhausted()).isFalse();
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> open(directory.resolve("none")))
                .isInstanceOf(SourceException.class)
                .hasMessage("fifo:x: is not there; make it with 'mkfifo " + directory.resolve("none") + "'");
        Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> open(directory.resolve("file"))).hasMessage("fifo:x: is not a named pipe");
    }

    private static LineSource open(Path pipe) {
        return FifoSource.open("fifo:x", pipe, new Doorbell(1_000_000), 100_000);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
