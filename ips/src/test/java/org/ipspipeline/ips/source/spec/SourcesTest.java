package org.ipspipeline.ips.source.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LinesOf;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.journal.JournalQuery;
import org.ipspipeline.ips.source.process.RestartPolicy;
import org.ipspipeline.ips.source.syslog.SyslogAddress;
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
        fails("syslog:udp:99999", "after 'syslog:' goes one of udp:PORT");
        fails("syslog:tcp:", "after 'syslog:' goes one of udp:PORT");
        fails("journal:sshd", "'sshd' is no journal match");
        fails("journal[path=/none]:", "there is no directory /none");
        fails("journal[file=x]:", "it has no option 'file'");
        fails("command:", "a shell command goes after the colon");
        fails("command[restart=often]:ls", "restart must be one of always, on-failure, never");
        fails("fifo:" + directory.resolve("pipe"), "is not there; make it with 'mkfifo");
        fails("stdin:x", "nothing goes after 'stdin:'");
    }

    @Test
    void goesOnWithTheOthersAndTriesAgainWhenOneCannotBeHad() throws Exception {
        Files.writeString(directory.resolve("a.log"), "a\n");
        final Path late = directory.resolve("late.log");
        final List<LineSource> sources = Sources.open(
                List.of(
                        SourceSpec.parse("file:" + late),
                        SourceSpec.parse("file:" + directory.resolve("a.log")),
                        SourceSpec.parse("file:" + directory)),
                SourceOptions.everything(new Doorbell(1_000_000)));
        try (LineSource waiting = sources.get(0);
                LineSource there = sources.get(1);
                LineSource never = sources.get(2)) {
            assertThat(new LinesOf(there).soFar()).containsExactly("a");
            assertThat(waiting.status().state()).isEqualTo("waiting, as file:" + late + ": is not there");
            assertThat(never.status().state()).isEqualTo("waiting, as file:" + directory + ": is a directory");
            assertThat(waiting.isExhausted()).isFalse();
            Files.writeString(late, "came late\n");
            final LinesOf lines = new LinesOf(waiting);
            await().untilAsserted(() -> assertThat(lines.soFar()).containsExactly("came late"));
            assertThat(waiting.status().lines()).isEqualTo(1);
        }
    }

    @Test
    void parsesEveryForm() {
        assertThat(SourceSpec.parse("command[restart=on-failure]:docker logs -f a:b"))
                .isEqualTo(new SourceSpec.CommandSpec(
                        "command[restart=on-failure]:docker logs -f a:b",
                        "docker logs -f a:b",
                        RestartPolicy.ON_FAILURE));
        assertThat(SourceSpec.parse("journal[path=/j]:_COMM=sshd + _PID=1"))
                .isEqualTo(new SourceSpec.JournalSpec(
                        "journal[path=/j]:_COMM=sshd + _PID=1",
                        new JournalQuery(List.of("_COMM=sshd", "+", "_PID=1"), "/j", List.of())));
        assertThat(SourceSpec.parse("syslog:tcp:[::1]:601"))
                .isEqualTo(new SourceSpec.SyslogSpec("syslog:tcp:[::1]:601", new SyslogAddress.Port(true, "::1", 601)));
        assertThat(SourceSpec.parse("syslog:unix:/run/log"))
                .isEqualTo(new SourceSpec.SyslogSpec(
                        "syslog:unix:/run/log", new SyslogAddress.Socket(Path.of("/run/log"))));
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
