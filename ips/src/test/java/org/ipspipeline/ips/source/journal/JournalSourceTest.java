package org.ipspipeline.ips.source.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.LinesOf;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.StartAt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal written by systemd's own program is read through journalctl. */
final class JournalSourceTest {

    private static final int MAX_LENGTH = 200;

    @TempDir
    private Path directory;

    private JournalFile journal;

    @BeforeEach
    void make() {
        journal = new JournalFile(directory.resolve("test.journal"));
    }

    @Test
    void givesEntriesAsSyslogWritesThem() throws Exception {
        journal.entry("ssh.service", "Failed password for root from 192.0.2.1 port 22 ssh2")
                .entry("cron.service", "not selected")
                .entry("ssh.service", "one\nNov 24 10:00:00 box sshd[1]: forged")
                .entry("ssh.service", "x".repeat(300))
                .write();
        try (LineSource source = follow("_SYSTEMD_UNIT=ssh.service", StartAt.BEGINNING)) {
            final LinesOf lines = new LinesOf(source);
            await().untilAsserted(() -> assertThat(lines.soFar()).hasSize(3));
            assertThat(lines.soFar().get(0))
                    .isEqualTo("2023-11-14T22:13:20.000001Z box sshd[4711]: "
                            + "Failed password for root from 192.0.2.1 port 22 ssh2");
            assertThat(lines.soFar().get(1)).endsWith("]: one Nov 24 10:00:00 box sshd[1]: forged");
            assertThat(lines.soFar().get(2)).hasSize(MAX_LENGTH).endsWith("xxx");
            assertThat(source.status().cutLines()).isEqualTo(1);
        }
    }

    @Test
    void goesOnBehindTheLastEntryWhenJournalctlIsKilled() throws Exception {
        try (LineSource source = follow("", StartAt.BEGINNING)) {
            final LinesOf lines = new LinesOf(source);
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 500; i++) {
                    journal.entry("ssh.service", "number " + (round * 500 + i));
                }
                journal.write();
                if (round == 2) {
                    await().untilAsserted(() -> assertThat(lines.soFar()).hasSizeGreaterThan(1000));
                }
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().orElse("").endsWith("journalctl"))
                        .forEach(ProcessHandle::destroyForcibly);
            }
            await().untilAsserted(() -> assertThat(lines.soFar()).hasSize(2000));
            assertThat(lines.soFar().stream().map(line -> line.replaceAll(".*number ", "")))
                    .isEqualTo(
                            IntStream.range(0, 2000).mapToObj(Integer::toString).toList());
            assertThat(source.status().lines()).isEqualTo(2000);
        }
    }

    @Test
    void beginsAtTheEndOrAtAMoment() throws Exception {
        journal.entry("ssh.service", "old").write();
        try (LineSource fromEnd = follow("", StartAt.END);
                LineSource fromTomorrow = follow("", StartAt.since(Instant.ofEpochSecond(1_700_086_400)));
                LineSource fromThen = follow("", StartAt.since(Instant.ofEpochSecond(1_700_000_000)))) {
            final LinesOf linesFromThen = new LinesOf(fromThen);
            await().untilAsserted(() -> assertThat(linesFromThen.soFar()).hasSize(1));
            await().untilAsserted(() -> assertThat(fromEnd.status().state()).startsWith("reading"));
            final LinesOf linesFromEnd = new LinesOf(fromEnd);
            await().untilAsserted(() -> {
                journal.entry("ssh.service", "new").write();
                assertThat(linesFromEnd.soFar()).isNotEmpty();
            });
            assertThat(linesFromEnd.soFar()).noneMatch(line -> line.endsWith("old"));
            assertThat(new LinesOf(fromTomorrow).soFar()).isEmpty();
        }
    }

    @Test
    void waitsForAJournalThatIsEmptyAndSaysSo() throws IOException {
        final Path empty = Files.createDirectory(directory.resolve("empty"));
        try (LineSource source = JournalSource.follow(
                "journal:",
                JournalQuery.parse("").inDirectory(empty.toString()),
                StartAt.BEGINNING,
                null,
                bell(),
                100)) {
            await().untilAsserted(
                            () -> assertThat(source.status().state()).contains("'journalctl' ended with status 1: "));
            assertThat(source.isExhausted()).isFalse();
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        assertThatThrownBy(() -> JournalQuery.parse("_SYSTEMD_UNIT=a + sshd"))
                .hasMessageContaining("'sshd' is no journal match: it must be FIELD=VALUE or +");
        assertThat(JournalQuery.parse("_COMM=\"a b\" + _PID=1").matches())
                .isEqualTo(List.of("_COMM=a b", "+", "_PID=1"));
        assertThatThrownBy(() -> JournalSource.follow(
                        "journal:x", JournalQuery.parse("").inDirectory("/none"), StartAt.END, null, bell(), 100))
                .isInstanceOf(SourceException.class)
                .hasMessage("journal:x: there is no directory /none");
    }

    @Test
    void goesOnBehindTheLastHandledEntryAfterARestart() throws Exception {
        final Path state = directory.resolve("state");
        for (int i = 0; i < 1000; i++) {
            journal.entry("ssh.service", "number " + i);
        }
        journal.write();
        int handled = 0;
        try (LineSource source = follow(StartAt.BEGINNING, state)) {
            final LineBuffer buffer = new LineBuffer(100, 64 * 1024);
            for (int batches = 0; batches < 8; ) {
                buffer.clear();
                if (source.fill(buffer)) {
                    batches++;
                    handled += buffer.count();
                    source.handled(1);
                }
            }
            // This one is not handled: it comes again.
            await().until(() -> {
                buffer.clear();
                return source.fill(buffer);
            });
        }
        try (LineSource source = follow(StartAt.END, state)) {
            final LinesOf lines = new LinesOf(source);
            await().untilAsserted(() ->
                    assertThat(lines.soFar()).isNotEmpty().last().asString().endsWith("number 999"));
            final int first = Integer.parseInt(lines.soFar().get(0).replaceAll(".*number ", ""));
            // What lay between two marks may come again, never less.
            assertThat(first).isPositive().isLessThanOrEqualTo(handled);
            assertThat(lines.soFar()).hasSize(1000 - first);
        }
    }

    private LineSource follow(StartAt start, Path state) {
        return JournalSource.follow(
                "journal:", JournalQuery.parse("").inDirectory(directory.toString()), start, state, bell(), MAX_LENGTH);
    }

    private LineSource follow(String matches, StartAt start) {
        return JournalSource.follow(
                "journal:" + matches,
                JournalQuery.parse(matches).inDirectory(directory.toString()),
                start,
                null,
                bell(),
                MAX_LENGTH);
    }

    private static Doorbell bell() {
        return new Doorbell(1_000_000);
    }
}
