package org.ipspipeline.ips.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.Loss;
import org.ipspipeline.ips.source.LossReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest {

    private static final FileOptions OPTIONS =
            FileOptions.DEFAULT.withLookEvery(Duration.ofMillis(20)).withMaxLineLength(100);

    @TempDir
    private Path directory;

    private Path log;
    private final List<String> lines = new ArrayList<>();
    private final LineBuffer buffer = new LineBuffer(16, 1024);
    private FileSource source;

    @BeforeEach
    void followTheLog() throws IOException {
        log = directory.resolve("app.log");
        Files.createFile(log);
        source = open("app.log", OPTIONS);
    }

    @AfterEach
    void close() throws IOException {
        source.close();
    }

    @Test
    void readsAFileToItsEndAndFollowsIt() throws IOException {
        append("one\ntwo\n");
        expect("one", "two");
        append("three\n");
        expect("one", "two", "three");
    }

    @Test
    void keepsALineThatArrivesInTwoWritesWhole() throws IOException {
        append("first ha");
        append("lf\nsec");
        expect("first half");
        append("ond\n");
        expect("first half", "second");
    }

    @Test
    void readsMoreLinesThanABufferHolds() throws IOException {
        final List<String> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add("line number " + i);
        }
        append(String.join("\n", all) + "\n");
        expect(all.toArray(String[]::new));
    }

    @Test
    void goesOnWithTheNewFileAfterARename() throws IOException {
        append("old 1\n");
        expect("old 1");
        append("old 2\n");
        Files.move(log, directory.resolve("app.log.1"));
        append("new 1\n");
        expect("old 1", "old 2", "new 1");
    }

    @Test
    void readsARenamedFileOnWhileItsWriterGoesOn() throws IOException {
        append("old 1\n");
        expect("old 1");
        Files.move(log, directory.resolve("app.log.1"));
        append("new 1\n");
        expect("old 1", "new 1");
        Files.writeString(directory.resolve("app.log.1"), "old 2\n", APPEND);
        expect("old 1", "new 1", "old 2");
    }

    @Test
    void readsTheFilesOfSeveralRotationsBetweenTwoLooks() throws IOException {
        append("a\n");
        expect("a");
        append("b\n");
        Files.move(log, directory.resolve("app.log.3"));
        Files.writeString(directory.resolve("app.log.2"), "c\n");
        Files.writeString(directory.resolve("app.log.1"), "d\n");
        append("e\n");
        expect("a", "b", "c", "d", "e");
    }

    @Test
    void readsTheRestOfTheCopyThatCopytruncateMade() throws IOException {
        append("a long enough first line\n");
        expect("a long enough first line");
        append("not yet read\n");
        Files.copy(log, directory.resolve("app.log.1"));
        Files.writeString(log, "new\n");
        expect("a long enough first line", "not yet read", "new");
        assertThat(source.status().losses()).isEmpty();
    }

    @Test
    void noticesACutBackFileThatHasGrownPastTheOldPosition() throws IOException {
        append("short\n");
        expect("short");
        Files.writeString(log, "something longer than before\n");
        expect("short", "something longer than before");
        // A copy may still turn up; when none does for a while, what was behind the last line read is given up.
        await().untilAsserted(() -> {
            assertThat(source.fill(buffer)).isFalse();
            assertThat(source.status().losses()).extracting(Loss::reason).containsExactly(LossReason.TRUNCATED);
        });
    }

    @Test
    void goesOnAfterDeleteAndRecreate() throws IOException {
        append("before\n");
        expect("before");
        Files.delete(log);
        assertThat(source.fill(buffer)).isFalse();
        append("after\n");
        expect("before", "after");
    }

    @Test
    void passesOverCompressedAndOlderFiles() throws IOException {
        Files.writeString(directory.resolve("b.log.2.gz"), "compressed\n");
        Files.writeString(directory.resolve("b.log.1"), "older\n");
        Files.writeString(directory.resolve("b.log"), "now\n");
        source.close();
        source = open("b.*", OPTIONS);
        expect("now");
    }

    @Test
    void beginsAtTheEndButReadsLaterFilesWhole() throws IOException {
        append("past\n");
        source.close();
        source = open("*.log", OPTIONS.withStart(FileStart.END));
        expectNothing();
        append("present\n");
        expect("present");
        Files.writeString(directory.resolve("later.log"), "another\n");
        expect("present", "another");
    }

    @Test
    void refusesUtf16AndSaysSo() throws IOException {
        Files.write(log, "\uFEFFline\n".getBytes(StandardCharsets.UTF_16LE));
        await().until(() -> {
            source.fill(buffer);
            return !source.status().losses().isEmpty();
        });
        assertThat(source.status().losses()).extracting(Loss::reason).containsExactly(LossReason.NOT_TEXT);
        assertThat(source.status().state()).contains("UTF-16");
        Files.writeString(directory.resolve("new"), "text\n");
        Files.move(directory.resolve("new"), log, StandardCopyOption.REPLACE_EXISTING);
        expect("text");
    }

    @Test
    void endsTheLastLineOfAFileThatNobodyWritesAnyMore() throws IOException {
        source.close();
        source = open("app.log", OPTIONS.withLinger(Duration.ofMillis(1)));
        append("whole\nhalf");
        expect("whole");
        Files.move(log, directory.resolve("app.log.1"));
        append("new\n");
        await().untilAsserted(() -> {
            fill();
            assertThat(lines).containsExactlyInAnyOrder("whole", "half", "new");
        });
    }

    private FileSource open(String pattern, FileOptions options) {
        return new FileSource(
                "file:" + pattern, directory.resolve(pattern).toString(), options, new Doorbell(1_000_000));
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, UTF_8, CREATE, APPEND);
    }

    private void expect(String... expected) {
        await().untilAsserted(() -> {
            fill();
            assertThat(lines).containsExactly(expected);
        });
        assertThat(source.status().lines()).isEqualTo(lines.size());
    }

    private void expectNothing() throws IOException {
        for (int i = 0; i < 100; i++) {
            fill();
        }
        assertThat(lines).isEmpty();
    }

    private void fill() throws IOException {
        while (source.fill(buffer)) {
            for (int i = 0; i < buffer.count(); i++) {
                final byte[] line = new byte[buffer.length(i)];
                buffer.bytes().get(buffer.start(i), line);
                lines.add(new String(line, UTF_8));
            }
            buffer.clear();
        }
    }
}
