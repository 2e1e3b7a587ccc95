package org.ipspipeline.ips.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.source.file.RotatingWriter.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program numbers its lines and rotates its log in every way, another follows it and is killed and started again at random
 * moments. {@code -Dips.rotations=5000} makes it long.
 */
final class RotationTortureTest {

    private static final int ROTATIONS = Integer.getInteger("ips.rotations", 60);

    @TempDir
    private Path directory;

    @Test
    void losesAndDoublesNothingThroughRenamesAndCopies() throws Exception {
        final Outcome outcome = torture(7, false, Kind.RENAME, Kind.COPYTRUNCATE);
        assertThat(ranges(outcome.missing())).isEmpty();
        assertThat(outcome.doubled).isZero();
        assertThat(outcome.losses).isZero();
    }

    @Test
    void losesNothingThroughRenamesAndCopiesWhenKilled() throws Exception {
        final Outcome outcome = torture(8, true, Kind.RENAME, Kind.COPYTRUNCATE);
        assertThat(ranges(outcome.missing())).isEmpty();
        assertThat(outcome.doubled).as("lines given twice, and told").isLessThanOrEqualTo(outcome.repeated);
    }

    @Test
    void losesOnlyWhatWasDestroyedAndSaysSo() throws Exception {
        final Outcome outcome = torture(9, true, Kind.values());
        final BitSet inexcusable = outcome.missing();
        int destroyedContents = 0;
        for (long[] range : outcome.destroyed) {
            final int lost =
                    outcome.missing().get((int) range[0], (int) range[1] + 1).cardinality();
            if (lost > 0) {
                destroyedContents++;
            }
            inexcusable.clear((int) range[0], (int) range[1] + 1);
        }
        assertThat(ranges(inexcusable)).isEmpty();
        assertThat(outcome.doubled).isLessThanOrEqualTo(outcome.repeated);
        if (destroyedContents > 0) {
            assertThat(outcome.losses).isPositive();
        }
    }

    private Outcome torture(long seed, boolean kill, Kind... kinds) throws Exception {
        final Random random = new Random(seed);
        final Path output = directory.resolve("output");
        final Path errors = directory.resolve("errors");
        Process reader = startReader(output, errors);
        await().until(() -> Files.exists(output) && Files.size(output) > 0);
        final Process writer = start(
                RotatingWriter.class,
                directory.resolve("writer"),
                errors,
                arguments(directory.toString(), Long.toString(seed), Integer.toString(ROTATIONS), "20", kinds));
        for (int starts = 1; writer.isAlive(); starts++) {
            final int started = starts;
            await().until(() -> !kill || !writer.isAlive() || starts(output) == started);
            if (!writer.waitFor(kill ? random.nextInt(1500) : 60_000, TimeUnit.MILLISECONDS)) {
                reader.destroyForcibly().waitFor();
                writer.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS);
                reader = startReader(output, errors);
            }
        }
        final Process last = reader;
        final long written = written();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> read(output, written).isSettled());
            awaitSilence(output);
        } finally {
            last.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(errors).lines().filter(line -> line.contains("Exception")))
                .isEmpty();
        return read(output, written);
    }

    /** A copy that turned up late is read after the newest lines. */
    private static void awaitSilence(Path output) {
        final long[] size = {-1};
        await().pollInterval(Duration.ofSeconds(1)).until(() -> {
            final long before = size[0];
            size[0] = Files.size(output);
            return size[0] == before;
        });
    }

    private Process startReader(Path output, Path errors) throws IOException {
        return start(
                RememberingReader.class,
                directory.resolve("reader"),
                errors,
                List.of(
                        directory.resolve("app.log").toString(),
                        directory.resolve("state").toString(),
                        output.toString()));
    }

    private static Process start(Class<?> program, Path standardOutput, Path errors, List<String> arguments)
            throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(standardOutput.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
    }

    private static long starts(Path output) throws IOException {
        return Files.readAllLines(output).stream().filter("START"::equals).count();
    }

    private static List<String> arguments(
            String directory, String seed, String rotations, String pause, Kind... kinds) {
        final List<String> arguments = new ArrayList<>(List.of(directory, seed, rotations, pause));
        Arrays.stream(kinds).map(Kind::name).forEach(arguments::add);
        return arguments;
    }

    private long written() throws IOException {
        return Files.readAllLines(directory.resolve("writer")).stream()
                .filter(line -> line.startsWith("written "))
                .mapToLong(line -> Long.parseLong(line.substring(8)))
                .findFirst()
                .orElseThrow();
    }

    private Outcome read(Path output, long written) throws IOException {
        final Outcome outcome = new Outcome(written);
        for (String line : Files.readAllLines(output)) {
            outcome.add(line);
        }
        outcome.endOfRun();
        for (String line : Files.readAllLines(directory.resolve("writer"))) {
            if (line.startsWith("destroyed ")) {
                outcome.destroyed.add(Arrays.stream(line.substring(10).split(" ", 2))
                        .mapToLong(Long::parseLong)
                        .toArray());
            }
        }
        return outcome;
    }

    private static List<String> ranges(BitSet numbers) {
        final List<String> ranges = new ArrayList<>();
        for (int from = numbers.nextSetBit(0); from >= 0; from = numbers.nextSetBit(from)) {
            final int end = numbers.nextClearBit(from);
            ranges.add(from + "-" + (end - 1));
            from = end;
        }
        return ranges;
    }

    /** What came out of the readers. */
    private static final class Outcome {

        private final long written;
        private final BitSet seen = new BitSet();
        private final List<long[]> destroyed = new ArrayList<>();
        private long doubled;
        private long losses;
        private long repeated;
        private long lossesOfRun;
        private long repeatedOfRun;

        Outcome(long written) {
            this.written = written;
        }

        void add(String line) {
            final String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "START" -> endOfRun();
                case "STATUS" -> {
                    lossesOfRun = Long.parseLong(words[1]);
                    repeatedOfRun = Long.parseLong(words[2]);
                }
                case "line" -> {
                    assertThat(line).endsWith(" of the rotating writer");
                    final int number = Integer.parseInt(words[1]);
                    doubled += seen.get(number) ? 1 : 0;
                    seen.set(number);
                }
                default -> throw new AssertionError("a line that nobody wrote: '" + line + "'");
            }
        }

        void endOfRun() {
            losses += lossesOfRun;
            repeated += repeatedOfRun;
            lossesOfRun = 0;
            repeatedOfRun = 0;
        }

        BitSet missing() {
            final BitSet missing = new BitSet();
            missing.set(0, (int) written);
            missing.andNot(seen);
            return missing;
        }

        /** The last lines stay where they are, so they come in the end. */
        boolean isSettled() {
            return seen.get((int) written - 1);
        }
    }
}
