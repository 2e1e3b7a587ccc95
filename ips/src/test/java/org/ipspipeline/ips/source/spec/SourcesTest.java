package org.ipspipeline.ips.source.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LinesOf;
import org.ipspipeline.ips.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {

    @TempDir
    private Path directory;

    @Test
    void opensAFile() throws IOException {
        Files.writeString(directory.resolve("a.log"), "a\nb\n");
        try (LineSource source = open("file:" + directory.resolve("a.log")).get(0)) {
            assertThat(new LinesOf(source).soFar()).containsExactly("a", "b");
            assertThat(source.status().name()).isEqualTo("file:" + directory.resolve("a.log"));
        }
    }

    @Test
    void waitsForFilesOfAPattern() throws IOException {
        try (LineSource source = open("file:" + directory.resolve("*.log")).get(0)) {
            assertThat(new LinesOf(source).soFar()).isEmpty();
            assertThat(source.status().state()).isEqualTo("no file matches, waiting for one");
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        fails("file:" + directory.resolve("none.log"), "is not there");
        fails("file:" + directory, "is a directory");
        fails("file:/dev/null", "is not a regular file");
        fails("ring:" + directory.resolve("none"), directory.resolve("none").toString());
        fails("fle:/tmp/x", "it must be one of ring:PATH");
        fails("/tmp/x", "it must be one of ring:PATH");
        fails("file:", "a path goes after the colon");
        fails("stdin:x", "nothing goes after 'stdin:'");
    }

    private static void fails(String spec, String message) {
        assertThatThrownBy(() -> open(spec))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(spec)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private static List<LineSource> open(String spec) {
        return Sources.open(List.of(SourceSpec.parse(spec)), SourceOptions.everything(new Doorbell(1_000_000)));
    }
}
