package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that know nothing of rings write to one, as their syslog() is taken over by LD_PRELOAD. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SyslogPreloadTest {

    private static final String STAMP = "[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d [^ .]+ ";

    @TempDir
    private static Path programs;

    @TempDir
    private Path directory;

    private static Path library;
    private static Path program;

    @BeforeAll
    static void compile() {
        CProgram.make("gcc", programs);
        library = programs.resolve("libips_syslog.so");
        program = CProgram.compilePlain(programs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "clang"})
    void bothCompilersMakeAllOfItWithoutAWarning(String compiler) {
        CProgram.make(compiler, directory);
        assertThat(directory).isDirectoryContaining("glob:**/libips_ring.{a,so}");
        assertThat(directory.resolve("libips_syslog.so")).isExecutable();
    }

    @Test
    void anUnmodifiedProgramWritesTheLinesOfALogFile() {
        try (Ring ring = create(256, 1 << 16);
                RingReader reader = ring.join(StartPosition.OLDEST);
                CProgram peer = CProgram.start(environment(), program, "syslog", 3)) {
            final String[] pids = peer.readLine().split(" ", -1);
            assertThat(peer.waitFor()).isZero();
            final String own = STAMP + "peer\\[" + pids[0] + "]: ";
            final List<String> lines = Lines.readAll(reader.segment(0));
            assertThat(lines).hasSize(4);
            for (int i = 0; i < 3; i++) {
                assertThat(lines.get(i))
                        .as("one line, with what could forge a second one escaped")
                        .matches(own + "line " + i + " of syslog#012forged");
            }
            assertThat(lines.get(3))
                    .as("the library claims again what the program took from it with its descriptors")
                    .matches(own + "after closefrom");
            assertThat(Lines.readAll(reader.segment(1)))
                    .as("a child claims a segment of its own")
                    .singleElement()
                    .asString()
                    .matches(STAMP + "peer\\[" + pids[1] + "]: child");
        }
    }

    @Test
    void pythonLogsToItsSegment() {
        Machine.needsPrograms("python3");
        final String script =
                "import syslog; syslog.openlog('py', 0, syslog.LOG_AUTH); syslog.syslog('Failed password for root from 192.0.2.1')";
        try (Ring ring = create(256, 1 << 16);
                RingReader reader = ring.join(StartPosition.OLDEST);
                CProgram python = CProgram.start(environment("IPS_RING_SEGMENT", "1"), "python3", "-c", script)) {
            assertThat(python.waitFor()).isZero();
            assertThat(Lines.readAll(reader.segment(0))).isEmpty();
            assertThat(Lines.readAll(reader.segment(1)))
                    .singleElement()
                    .asString()
                    .matches(STAMP + "py: Failed password for root from 192\\.0\\.2\\.1");
        }
    }

    @Test
    void theMessageAloneIsWrittenWhereThatIsAskedForAndLongOnesAreCutOff() {
        try (Ring ring = create(20, 1 << 16);
                RingReader reader = ring.join(StartPosition.OLDEST);
                CProgram peer = CProgram.start(environment("IPS_RING_FORMAT", "message"), program, "syslog", 1)) {
            assertThat(peer.waitFor()).isZero();
            assertThat(Lines.readAll(reader.segment(0))).containsExactly("line 0 of syslog#012", "after closefrom");
        }
    }

    @Test
    void aFullRingCountsWhatItDrops() {
        try (Ring ring = create(256, 2048);
                RingReader reader = ring.join(StartPosition.OLDEST);
                CProgram peer = CProgram.start(environment(), program, "syslog", 100)) {
            assertThat(peer.waitFor()).isZero();
            final long written = Lines.readAll(reader.segment(0)).size();
            assertThat(ring.status().segments().get(0).dropped()).isEqualTo(101 - written);
        }
    }

    @Test
    void withoutARingTheProgramLogsAsEver() throws IOException {
        try (CProgram peer = CProgram.start(environment(), program, "syslog", 3)) {
            assertThat(peer.waitFor()).isZero();
        }
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private Ring create(int lineSize, int capacity) {
        return Ring.create(
                directory.resolve("ring"),
                RingOptions.builder()
                        .segments(2)
                        .lineSize(lineSize)
                        .variableLength(capacity)
                        .build());
    }

    private Map<String, String> environment(String... more) {
        final Map<String, String> all = new java.util.HashMap<>(Map.of(
                "LD_PRELOAD",
                library.toString(),
                "IPS_RING",
                directory.resolve("ring").toString()));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
