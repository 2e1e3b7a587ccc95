package org.ipspipeline.benchmarks.comparison;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of an earlier result, to set those of now against.
 *
 * @param values by measure
 */
public record EarlierReport(Map<String, Double> values) {

    /**
     * Reads what {@link Report#write} wrote.
     *
     * @param file the result
     * @return its values
     * @throws IOException when there is no such file, or it is no result, with its name
     */
    public static EarlierReport read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": there is no such file");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        try {
            for (Object row : (List<?>) JSON.std.mapFrom(file.toFile()).getOrDefault("rows", List.of())) {
                Map<?, ?> object = (Map<?, ?>) row;
                if (object.get("value") instanceof Number value) {
                    values.put(String.valueOf(object.get("measure")), value.doubleValue());
                }
            }
        } catch (IOException | ClassCastException malformed) {
            throw new IOException(file + ": not a result that --json wrote", malformed);
        }
        if (values.isEmpty()) {
            throw new IOException(file + ": holds no values; it must be a result that --json wrote");
        }
        return new EarlierReport(values);
    }

    /**
     * The values of now beside those of then, for measures that both have.
     *
     * @param rows of now
     * @return a heading and a line a measure, each ended
     */
    public String table(List<Row> rows) {
        StringBuilder table = new StringBuilder("\nagainst the earlier result\n");
        for (Row row : rows) {
            Double before = values.get(row.measure());
            if (before != null && Double.isFinite(row.value())) {
                table.append(String.format(
                        Locale.ROOT,
                        "%-60s %,16.2f  before %,16.2f  %s%n",
                        row.measure() + ", " + row.unit(),
                        row.value(),
                        before,
                        change(before, row.value())));
            }
        }
        return table.toString();
    }

    private static String change(double before, double now) {
        return before == 0 ? "" : String.format(Locale.ROOT, "%+.1f %%", 100 * (now / before - 1));
    }
}
