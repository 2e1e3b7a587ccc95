package org.ipspipeline.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.ipspipeline.testing.ChildJvm;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of memory carries lines between processes, says what pages it has, and goes with the last one to leave. */
class BackingTest {

    private static final int LINES = 10_000;
    private static final int SMALL_PAGE = 4096;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Backing.class)
    void carriesLinesBetweenProcessesAndLeavesNothingBehind(Backing backing) throws IOException {
        final long segmentsBefore = systemVSegments();
        carryLines(backing);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        // System V memory that is removed goes when the last mapping of it does, which the garbage collector undoes.
        await().untilAsserted(() -> {
            System.gc();
            assertThat(systemVSegments()).isEqualTo(segmentsBefore);
        });
    }

    private void carryLines(Backing backing) {
        final Path path = directory.resolve("ring");
        try (Ring ring = Ring.create(
                        path,
                        RingOptions.builder()
                                .segments(2)
                                .lines(1024)
                                .backing(backing)
                                .build());
                ChildJvm reader = ChildJvm.start(CountingReader.class, path, LINES)) {
            assertThat(reader.readLine()).isEqualTo("joined");
            final SegmentWriter writer = ring.claim(1, FullPolicy.waitUpTo(Duration.ofMinutes(1)));
            for (int i = 0; i < LINES; i++) {
                assertThat(Lines.write(writer, "line " + i)).isEqualTo(1);
            }
            assertThat(reader.readLine()).isEqualTo("right");
            assertThat(reader.waitFor()).isZero();
            assertThat(ring.pageSize()).isGreaterThanOrEqualTo(SMALL_PAGE);
            if (!backing.name().contains("HUGE")) {
                assertThat(ring.pageSize()).isEqualTo(SMALL_PAGE);
            }
        }
    }

    private static long systemVSegments() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/sysvipc/shm"))) {
            return lines.count();
        }
    }

    /** Reads numbered lines from the second segment. */
    static final class CountingReader {

        public static void main(String[] arguments) {
            final int total = Integer.parseInt(arguments[1]);
            try (Ring ring = Ring.attach(Path.of(arguments[0]));
                    RingReader reader = ring.join(StartPosition.OLDEST)) {
                System.out.println("joined");
                int next = 0;
                while (next < total) {
                    for (String line : Lines.readAll(reader.segment(1))) {
                        if (!line.equals("line " + next++)) {
                            System.out.println("wrong: " + line);
                            return;
                        }
                    }
                }
                System.out.println("right");
            }
        }
    }
}
