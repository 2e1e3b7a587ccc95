package org.ipspipeline.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.RingStatus.SlotState;
import org.ipspipeline.ipc.StartPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ring's commands as processes of their own, beside each other and after they were killed. */
final class RingProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES = 5000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void anArchiveHasEveryLineThatAnotherReaderHas() throws Exception {
        Path path = directory.resolve("ring");
        Path archive = directory.resolve("archive");
        RingOptions options =
                RingOptions.builder().segments(2).variableLength(1 << 14).build();
        try (Ring ring = Ring.create(path, options);
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            Process tail = start("tail", path.toString(), "--to", archive.toString());
            try {
                await().atMost(PATIENCE).until(() -> state(ring, 1) == SlotState.ACTIVE);
                List<String> lines =
                        IntStream.range(0, LINES).mapToObj(i -> "line " + i).toList();
                Process writer = write(path, lines);
                assertThat(readAll(reader, writer)).isEqualTo(lines);
                assertThat(writer.exitValue()).isZero();
                await().atMost(PATIENCE).until(() -> Files.readAllLines(archive).size() == LINES);
                assertThat(Files.readAllLines(archive)).isEqualTo(lines);

                Files.move(archive, directory.resolve("archive.1"));
                // What follows the rotation within its second belongs to the old file; then comes a new one.
                await().atMost(PATIENCE).until(() -> {
                    readAll(reader, write(path, List.of("after")));
                    return Files.exists(archive);
                });

                Map<?, ?> seen = stat(path);
                assertThat(seen.toString()).contains("pid=" + tail.pid());
                tail.destroyForcibly().waitFor();
                assertThat(state(ring, 1)).isEqualTo(SlotState.DEAD);
                assertThat(output("repair", path.toString()))
                        .isEqualTo("reader slot 1 is free: its process " + tail.pid() + " is gone\n");
                assertThat(state(ring, 1)).isEqualTo(SlotState.FREE);
            } finally {
                tail.destroyForcibly();
            }
        }
    }

    @Test
    void aWriterDoesWhatItIsToldWhenTheRingIsFull() throws Exception {
        Path path = directory.resolve("ring");
        List<String> lines = new ArrayList<>(
                IntStream.range(0, 20).mapToObj(i -> "line " + i).toList());
        lines.set(3, "x".repeat(1000));
        try (Ring ring = Ring.create(
                        path, RingOptions.builder().segments(2).lines(8).build());
                RingReader reader = ring.join(StartPosition.OLDEST)) {
            assertThat(finish(write(path, lines, "--segment", "0", "--when-full", "drop")))
                    .as("a line was too long")
                    .isEqualTo(1);
            assertThat(ring.status().segments().get(0).dropped()).isEqualTo(11);
            assertThat(ring.status().segments().get(0).tooLong()).isEqualTo(1);
            assertThat(finish(write(path, lines.subList(4, 20), "--segment", "0-1", "--when-full", "fail")))
                    .as("the segment is full")
                    .isEqualTo(1);
            assertThat(ring.status().segments().get(0).lines()).isEqualTo(8);
            assertThat(reader.readerId()).isZero();

            Process waiting = write(path, lines.subList(4, 20), "--segment", "1");
            assertThat(readAll(reader, waiting)).hasSize(8 + 16).endsWith("line 19");
            assertThat(waiting.exitValue()).isZero();
        }
    }

    @Test
    void theSegmentOfAKilledWriterIsFreedByRepair() throws Exception {
        Path path = directory.resolve("ring");
        try (Ring ring = Ring.create(path, RingOptions.builder().build())) {
            Process writer = start("write", path.toString());
            try {
                await().atMost(PATIENCE)
                        .until(() -> ring.status().segments().get(0).writerAlive());
                writer.getOutputStream().write("the last line\n".getBytes(StandardCharsets.UTF_8));
                writer.getOutputStream().flush();
                await().atMost(PATIENCE)
                        .until(() -> ring.status().segments().get(0).lines() == 1);
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertThat(output("repair", path.toString()))
                    .isEqualTo("segment 0 is free: its writer, process " + writer.pid()
                            + ", is gone; every line it published is there\n");
            assertThat(ring.status().segments().get(0).writerPid()).isZero();
            assertThat(ring.status().segments().get(0).lines()).isEqualTo(1);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("ring"));
        all.addAll(List.of(arguments));
        return Program.start(directory.resolve("output-" + arguments[0]), all.toArray(String[]::new));
    }

    private String output(String... arguments) throws Exception {
        Path file = directory.resolve("output-" + arguments[0]);
        assertThat(finish(start(arguments))).as(Files.readString(file)).isZero();
        return Files.readString(file);
    }

    private Map<?, ?> stat(Path path) throws Exception {
        return Objects.requireNonNull(JSON.std.mapFrom(output("stat", path.toString(), "--json")));
    }

    private Process write(Path path, List<String> lines, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("write", path.toString()));
        arguments.addAll(List.of(options));
        Process writer = start(arguments.toArray(String[]::new));
        try (var input = writer.outputWriter()) {
            for (String line : lines) {
                input.write(line + "\n");
            }
        }
        return writer;
    }

    private static int finish(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Reads until a writing process has ended and nothing is left. */
    private static List<String> readAll(RingReader reader, Process writer) {
        List<String> lines = new ArrayList<>();
        LineBuffer batch = LineBuffer.ofLines(64, 1000);
        boolean ended = false;
        for (int count = 1; count > 0 || !ended; ) {
            ended = !writer.isAlive();
            count = 0;
            for (int segment = 0; segment < reader.segments(); segment++) {
                batch.clear();
                count += reader.segment(segment).read(batch, 64);
                for (int i = 0; i < batch.count(); i++) {
                    byte[] line = new byte[batch.length(i)];
                    batch.bytes().get(batch.start(i), line);
                    lines.add(new String(line, StandardCharsets.UTF_8));
                }
            }
        }
        return lines;
    }

    private static SlotState state(Ring ring, int reader) {
        return ring.status().readers().get(reader).state();
    }
}
