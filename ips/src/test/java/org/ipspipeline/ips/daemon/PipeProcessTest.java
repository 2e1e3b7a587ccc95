package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingException;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.StartPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pipe} as a process, as a server starts it for its log: what goes in comes out of the ring. */
class PipeProcessTest {

    private static final int MAX_LINE = 1000;

    @TempDir
    Path directory;

    private Path ring;

    @BeforeEach
    void nameRing() {
        ring = Path.of("/dev/shm/ips-pipe-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    }

    @AfterEach
    void removeRing() {
        if (Files.exists(ring)) {
            Ring.remove(ring);
        }
    }

    private Process pipe() throws IOException {
        List<String> command = new ArrayList<>(DaemonProcess.program());
        command.addAll(
                List.of("pipe", "--max-line-length", String.valueOf(MAX_LINE), "--wait", "20s", ring.toString()));
        return new ProcessBuilder(command)
                .redirectError(directory.resolve("pipe.log").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("pipe.log"));
    }

    private static int waitFor(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Attaches as soon as the process has made the ring. */
    private Ring awaitRing() {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(RingException.class)
                .until(() -> Ring.attach(ring), made -> true);
    }

    /** Lines of all bytes but the line end, some longer than is kept. */
    private static List<byte[]> lines(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] head = (i + ":").getBytes(StandardCharsets.US_ASCII);
            byte[] line = new byte[head.length + random.nextInt(i % 50 == 0 ? 3 * MAX_LINE : 200)];
            random.nextBytes(line);
            System.arraycopy(head, 0, line, 0, head.length);
            for (int at = 0; at < line.length; at++) {
                // A carriage return at the end would be part of the line end.
                line[at] = line[at] == '\n' || line[at] == '\r' ? (byte) 'x' : line[at];
            }
            lines.add(line);
        }
        return lines;
    }

    private static byte[] kept(byte[] line) {
        return line.length <= MAX_LINE ? line : Arrays.copyOf(line, MAX_LINE);
    }

    /** Reads until so many lines have come. */
    private static List<byte[]> read(RingReader reader, int count) {
        List<byte[]> read = new ArrayList<>();
        LineBuffer batch = new LineBuffer(256, 1 << 20);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            for (int segment = 0; segment < reader.segments(); segment++) {
                batch.clear();
                while (reader.segment(segment).read(batch, 256) > 0) {
                    for (int i = 0; i < batch.count(); i++) {
                        byte[] line = new byte[batch.length(i)];
                        batch.bytes().get(batch.start(i), line);
                        read.add(line);
                    }
                    batch.clear();
                }
            }
            return read.size() >= count;
        });
        return read;
    }

    @Test
    void everyLineComesOutAsItWentInAndTheEndIsTold() throws Exception {
        List<byte[]> lines = lines(5000, 1);
        Process pipe = pipe();
        try (Ring opened = awaitRing();
                RingReader reader = opened.join(StartPosition.OLDEST)) {
            try (OutputStream input = pipe.getOutputStream()) {
                for (int i = 0; i < lines.size(); i++) {
                    input.write(lines.get(i));
                    if (i < lines.size() - 1) {
                        input.write('\n');
                    }
                }
            }
            List<byte[]> read = read(reader, lines.size());
            assertThat(read).hasSameSizeAs(lines);
            for (int i = 0; i < lines.size(); i++) {
                assertThat(read.get(i)).as("line %d", i).isEqualTo(kept(lines.get(i)));
            }
        }
        assertThat(waitFor(pipe)).isZero();
        long cut = lines.stream().filter(line -> line.length > MAX_LINE).count();
        assertThat(said()).contains("5,000 lines written to " + ring + ", 0 dropped as it was full, " + cut + " cut");
    }

    @Test
    void whatOneThatIsKilledHasWrittenStaysAndTheNextOneGoesOn() throws Exception {
        Process first = pipe();
        try (Ring opened = awaitRing();
                RingReader reader = opened.join(StartPosition.OLDEST)) {
            OutputStream input = first.getOutputStream();
            input.write("one\ntwo\nhalf a li".getBytes(StandardCharsets.US_ASCII));
            input.flush();
            List<byte[]> before = read(reader, 2);
            first.destroyForcibly();
            assertThat(waitFor(first)).isEqualTo(137);
            Process second = pipe();
            try (OutputStream next = second.getOutputStream()) {
                next.write("three\n".getBytes(StandardCharsets.US_ASCII));
            }
            List<byte[]> after = read(reader, 1);
            assertThat(before).extracting(String::new).containsExactly("one", "two");
            assertThat(after).extracting(String::new).containsExactly("three");
            assertThat(waitFor(second)).isZero();
        }
    }

    @Test
    void whatHasComeIsWrittenWhenItIsAskedToEnd() throws Exception {
        Process pipe = pipe();
        try (Ring opened = awaitRing();
                RingReader reader = opened.join(StartPosition.OLDEST)) {
            pipe.getOutputStream().write("one\ntwo\n".getBytes(StandardCharsets.US_ASCII));
            pipe.getOutputStream().flush();
            List<byte[]> read = read(reader, 2);
            pipe.destroy();
            waitFor(pipe);
            assertThat(read).extracting(String::new).containsExactly("one", "two");
        }
        assertThat(said()).contains("2 lines written");
    }

    @Test
    void aPlaceWhereNoRingCanBeIsNamed() throws Exception {
        ring = directory.resolve("none").resolve("ring");
        Process pipe = pipe();
        assertThat(waitFor(pipe)).isEqualTo(2);
        assertThat(said().lines()).singleElement().asString().contains(ring.toString());
    }
}
