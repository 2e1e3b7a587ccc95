package org.ipspipeline.ips.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.reading.ReadingBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LineReaderTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void givesEveryLineOneByOneAndInBatches(ReadingBackend backend) throws IOException {
        final List<String> expected = new ArrayList<>();
        final Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            expected.add(i + "x".repeat(random.nextInt(200)));
        }
        final Path path = Files.write(directory.resolve("log"), expected);
        try (LineReader single = LineReader.open(path, backend);
                LineReader batches = LineReader.open(path, backend)) {
            final List<String> lines = new ArrayList<>();
            for (ByteBuffer line = single.readLine(); line != null; line = single.readLine()) {
                lines.add(ISO_8859_1.decode(line).toString());
            }
            assertThat(lines).isEqualTo(expected);
            assertThat(single.position()).isEqualTo(Files.size(path));
            final LineBuffer batch = new LineBuffer(100, 64 * 1024);
            int count = 0;
            for (; batches.readLines(batch); batch.clear()) {
                count += batch.count();
            }
            assertThat(count).isEqualTo(expected.size());
        }
    }

    @Test
    void goesOnWithWhatIsWrittenLaterAndCutsWhatIsTooLong() throws IOException {
        final Path path = Files.writeString(directory.resolve("log"), "one\ntw");
        try (LineReader reader = LineReader.open(path, ReadingBackend.PREAD, 100)) {
            assertThat(ISO_8859_1.decode(reader.readLine()).toString()).isEqualTo("one");
            assertThat(reader.readLine()).isNull();
            Files.writeString(path, "o\n" + "y".repeat(1_000_000) + "\nend", StandardOpenOption.APPEND);
            assertThat(ISO_8859_1.decode(reader.readLine()).toString()).isEqualTo("two");
            assertThat(ISO_8859_1.decode(reader.readLine()).toString()).isEqualTo("y".repeat(100));
            assertThat(reader.readLine()).isNull();
            assertThat(reader.cutLines()).isEqualTo(1);
            final LineBuffer last = new LineBuffer(10, 1000);
            assertThat(reader.readLast(last)).isTrue();
            assertThat(last.length(0)).isEqualTo(3);
            last.clear();
            assertThat(reader.readLast(last)).isFalse();
        }
    }
}
