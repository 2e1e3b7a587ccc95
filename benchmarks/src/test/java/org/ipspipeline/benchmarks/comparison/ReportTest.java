package org.ipspipeline.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

    private final Report report = new Report(
            Map.of("cores", 2),
            List.of(
                    new Row("batch of 64", 120e6, "lines/s", "C ring", 110e6, 1.09, ""),
                    Row.alone("idle", 0.25, "%").withNote("one reader")));

    @Test
    void theJsonHasTheDocumentedKeysAndNullForWhatIsNotThere(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("r.json");

        report.write(file);

        Map<String, Object> object = JSON.std.mapFrom(file.toFile());
        assertThat(object).containsOnlyKeys("machine", "rows");
        assertThat((List<?>) object.get("rows"))
                .first()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("measure", "value", "unit", "versus", "versus_value", "ratio")
                .containsEntry("ratio", 1.09);
        assertThat((List<?>) object.get("rows"))
                .last()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("versus", null)
                .containsEntry("note", "one reader");
    }

    @Test
    void theTableShowsALineARow() {
        assertThat(report.table().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("batch of 64", "120,000,000", "C ring", "1.09"));
    }
}
