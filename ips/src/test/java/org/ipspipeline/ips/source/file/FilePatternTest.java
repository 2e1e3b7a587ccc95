package org.ipspipeline.ips.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilePatternTest {

    @TempDir
    Path directory;

    private List<String> matching(String pattern) {
        return new FilePattern(directory + "/" + pattern)
                .paths().stream()
                        .map(path -> directory.relativize(path).toString())
                        .toList();
    }

    private void create(String... names) throws IOException {
        for (String name : names) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "line\n");
        }
    }

    @Test
    void logsWithNumbersInTheirNamesAreLogs() throws IOException {
        create(
                "worker1.log",
                "worker10.log",
                "worker12.log",
                "1.log",
                "10.log",
                "123.log",
                "site2.log",
                "site2024.log");
        assertThat(matching("*.log")).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({
        "auth.log, auth.log.1",
        "auth.log, auth.log-20261124",
        "auth.log, auth-20261124.log",
        "auth.log, auth20261124.log",
        "auth.log, auth-261124.log",
        "auth.log, auth.1.log",
        "auth.log, auth.log.old",
        "auth.log, auth.log~",
        "auth.log, auth.log.2.gz",
        "messages, messages.1",
        "messages, messages-20261124"
    })
    void rotatedFilesBelongToTheirLog(String log, String rotated) throws IOException {
        create(log, rotated);
        assertThat(matching("*")).containsExactly(log);
    }

    @Test
    void aRotatedFileIsOneOfItsOwnDirectorysLog() throws IOException {
        create("a/app.log", "b/app.log.1", "a/app.log.1");
        assertThat(matching("*/*")).containsExactly("a/app.log", "b/app.log.1");
    }

    @Test
    void withoutItsLogARotatedFileIsALog() throws IOException {
        create("auth.log.1");
        assertThat(matching("auth*")).containsExactly("auth.log.1");
    }
}
