package org.ipspipeline.ips.command.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.command.OneLineErrors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RingCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private String ring;

    @BeforeEach
    void choosePath() {
        ring = directory.resolve("ring").toString();
    }

    @Test
    void aRingIsMadeAsAskedForAndStaysUntilItIsRemoved() throws IOException {
        assertThat(run("create", ring, "--segments", "3", "--lines", "10,20,40", "--line-size", "64", "--overwrite"))
                .isZero();
        assertThat(out.toString())
                .contains("3 segments of 16, 32, 64 slots", "64 bytes", "overwriting", "2 reader slots");
        try (Ring attached = Ring.attach(Path.of(ring))) {
            assertThat(attached.isOverwrite()).isTrue();
            assertThat(attached.lineSize()).isEqualTo(64);
            assertThat(run("remove", ring)).as("in use").isEqualTo(1);
        }
        assertThat(run("create", ring)).as("there already").isEqualTo(2);
        assertThat(run("create", ring, "--replace", "--variable", "1M", "--mode", "0640"))
                .isZero();
        assertThat(run("remove", ring)).isZero();
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void statTellsProgramsWhoIsBehindAndWhatWasLost() throws IOException {
        run("create", ring, "--segments", "2", "--lines", "4");
        try (Ring attached = Ring.attach(Path.of(ring));
                RingReader reader = attached.join(StartPosition.OLDEST);
                SegmentWriter writer = attached.claim(1)) {
            for (int i = 0; i < 3; i++) {
                write(writer, "line " + i);
            }
            write(writer, "x".repeat(200));
            out.getBuffer().setLength(0);
            assertThat(run("stat", ring, "--json", "--every", "10ms", "--count", "2"))
                    .isZero();
            assertThat(reader.readerId()).isZero();
        }
        List<String> objects = out.toString().lines().toList();
        assertThat(objects).hasSize(2);
        Map<String, Object> last = JSON.std.mapFrom(objects.get(1));
        Map<?, ?> segment = element(last, "segments", 1);
        assertThat(segment.get("fill")).isEqualTo(0.75);
        assertThat(segment.get("lines")).isEqualTo(3);
        assertThat(segment.get("lines_per_second")).isEqualTo(0.0);
        assertThat(segment.get("too_long")).isEqualTo(1);
        assertThat(segment.get("writer_pid"))
                .isEqualTo((int) ProcessHandle.current().pid());
        assertThat(segment.get("writer_alive")).isEqualTo(true);
        Map<?, ?> reader = element(last, "readers", 0);
        assertThat(reader.get("state")).isEqualTo("active");
        assertThat(reader.get("lag_lines")).isEqualTo(3);
        assertThat(reader.get("lag_by_segment")).isEqualTo(List.of(0, 3));
        assertThat(element(last, "readers", 1).get("state")).isEqualTo("free");
    }

    @Test
    void tailArchivesTheLinesOfItsSegmentsAlone() throws IOException {
        run("create", ring, "--segments", "3", "--lines", "1000");
        try (Ring attached = Ring.attach(Path.of(ring));
                SegmentWriter first = attached.claim(0);
                SegmentWriter second = attached.claim(1)) {
            for (int i = 0; i < 500; i++) {
                write(first, "first " + i);
                write(second, "second " + i);
            }
            Path archive = directory.resolve("archive");
            Files.writeString(archive, "before\n");
            assertThat(run("tail", ring, "--to", archive.toString(), "--segment", "1-2", "--no-follow"))
                    .isZero();
            List<String> lines = Files.readAllLines(archive);
            assertThat(lines.get(0)).isEqualTo("before");
            assertThat(lines.subList(1, lines.size()))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(i -> "second " + i).toList());
            assertThat(err.toString()).contains("500 lines read, 0 lost");
        }
    }

    @Test
    void lookingDoesNotRemoveARingThatIsNotToBeKept() throws IOException {
        Path path = Path.of(ring);
        Ring.create(path, org.ipspipeline.ipc.RingOptions.builder().build()).detach();
        assertThat(run("stat", ring)).isZero();
        assertThat(run("repair", ring)).isZero();
        assertThat(out.toString()).contains("nothing to repair");
        assertThat(run(
                        "tail",
                        ring,
                        "--no-follow",
                        "--to",
                        directory.resolve("file").toString()))
                .isZero();
        assertThat(path).exists();
    }

    @Test
    void badInputIsOneLineAndExitCode2() {
        run("create", ring);
        String[][] wrong = {
            {},
            {"stat"},
            {"create", ring},
            {"create", directory.resolve("a").toString(), "--lines", "0"},
            {"create", directory.resolve("a").toString(), "--segments", "0"},
            {"create", directory.resolve("a").toString(), "--variable", "1X"},
            {"create", directory.resolve("a").toString(), "--mode", "0777"},
            {"create", directory.resolve("a").toString(), "--backing", "tape"},
            {"create", directory.resolve("a").toString(), "--stuck-reader", "wake"},
            {"create", directory.resolve("none").resolve("a").toString()},
            {"stat", directory.resolve("none").toString()},
            {"stat", ring, "--count", "3"},
            {"tail", ring, "--segment", "5"},
            {"tail", ring, "--segment", "3-1"},
            {"tail", ring, "--oldest", "--newest"},
            {"tail", ring, "--no-follow", "--to", directory.toString()},
            {"write", ring, "--segment", "1"},
            {"write", ring, "--when-full", "pray"},
            {"remove", directory.resolve("none").toString()},
        };
        for (String[] arguments : wrong) {
            err.getBuffer().setLength(0);
            assertThat(run(arguments)).as("%s: %s", List.of(arguments), err).isEqualTo(2);
            assertThat(err.toString().lines()).singleElement().asString().startsWith("ips-pipeline: ");
        }
        assertThat(directory.resolve("a")).doesNotExist();
    }

    private static Map<?, ?> element(Map<String, Object> object, String list, int index) {
        return (Map<?, ?>) ((List<?>) Objects.requireNonNull(object.get(list))).get(index);
    }

    private static void write(SegmentWriter writer, String line) {
        byte[] bytes = line.getBytes(UTF_8);
        writer.write(bytes, 0, bytes.length, Stamps.NONE);
    }

    private int run(String... arguments) {
        return OneLineErrors.install(new CommandLine(new RingCommand()).setCaseInsensitiveEnumValuesAllowed(true))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
