package org.ipspipeline.benchmarks.evaluation.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept comes back the same, and is there for other programs. */
final class ResultDirectoryTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aRunComesBackWithItsParametersAndSamples() throws IOException {
        ResultDirectory results = new ResultDirectory(directory);
        RunResult run = Runs.tenSeconds("some-run", "4.12");

        results.keep(run);
        RunResult back = results.find("some-run").orElseThrow();

        assertThat(back.parameters()).isEqualTo(run.parameters());
        assertThat(back.notes()).isEqualTo(run.notes());
        assertThat(back.samples().toJson()).isEqualTo(run.samples().toJson());
        assertThat(back.figuresJson()).isEqualTo(run.figuresJson());
        assertThat(results.find("another")).isEmpty();
    }

    @Test
    void aFileThatIsNoResultIsNamed() throws IOException {
        ResultDirectory results = new ResultDirectory(directory);
        Files.writeString(directory.resolve("rows/broken.json"), "{\"name\": \"broken\"}");

        assertThatThrownBy(() -> results.find("broken"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rows/broken.json");
    }

    @Test
    void everySampleIsALineOfTheCsvAndEveryRunARowOfTheJson() throws IOException {
        ResultDirectory results = new ResultDirectory(directory);

        results.export(Map.of("cores", 2), List.of(Runs.tenSeconds("one", "4.12"), Runs.tenSeconds("two", "4.13")));

        List<String> lines = Files.readAllLines(directory.resolve("samples.csv"));
        assertThat(lines).hasSize(1 + 2 * 101);
        assertThat(lines.get(0)).startsWith("row,seconds,offered,");
        assertThat(lines.get(1 + 101)).startsWith("two,0,0,");
        Map<String, Object> json =
                JSON.std.mapFrom(directory.resolve("results.json").toFile());
        assertThat((List<?>) json.get("rows")).hasSize(2);
    }

    @Test
    void theThesissFiguresAreAllThere() {
        assertThat(ThesisFigure.all()).hasSize(1 + 25);
        assertThat(ThesisFigure.numbered("4.11").orElseThrow().relativeDropPercent())
                .isEqualTo(67.46);
        assertThat(ThesisFigure.numbered("4.20").orElseThrow().cpuMicrosPerMessage())
                .isBetween(4.0, 4.2);
    }
}
