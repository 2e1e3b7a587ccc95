package org.ipspipeline.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was measured earlier stands beside what was measured now. */
final class EarlierReportTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theChangeOfEachMeasureThatBothHaveIsShown() throws IOException {
        Path file = directory.resolve("earlier.json");
        new Report(Map.of(), List.of(Row.alone("one", 100, "ns"), Row.alone("gone", 1, "ns"))).write(file);

        String table = EarlierReport.read(file).table(List.of(Row.alone("one", 125, "ns"), Row.alone("new", 5, "ns")));

        assertThat(table.lines().filter(line -> line.startsWith("one")))
                .singleElement()
                .asString()
                .contains("+25.0 %");
        assertThat(table).doesNotContain("gone").doesNotContain("new");
    }

    @Test
    void whatIsNoResultIsNamed() throws IOException {
        Path file = directory.resolve("other.json");
        Files.writeString(file, "{\"rows\": 1}");

        assertThatThrownBy(() -> EarlierReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.json");
        assertThatThrownBy(() -> EarlierReport.read(directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such file");
    }
}
