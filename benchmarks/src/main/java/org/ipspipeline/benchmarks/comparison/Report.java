package org.ipspipeline.benchmarks.comparison;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a comparison: printed as a table, written as
 * {@code {machine, rows: [{measure, value, unit, versus, versus_value, ratio}]}} with a {@code note} where there is one.
 *
 * @param machine as {@link MachineDescription} tells it
 * @param rows in the order reported
 * @param tables shown before the rows
 */
public record Report(Map<String, Object> machine, List<Row> rows, List<Table> tables) {

    private static final String[] HEADINGS = {"measure", "value", "unit", "versus", "its value", "ratio", ""};

    /**
     * A report without tables of their own.
     *
     * @param machine as {@link MachineDescription} tells it
     * @param rows in the order reported
     */
    public Report(Map<String, Object> machine, List<Row> rows) {
        this(machine, rows, List.of());
    }

    /**
     * The table: a line a row, columns aligned, the ratio last; before it the tables of their own.
     *
     * @return several lines, the last one ended
     */
    public String table() {
        String figures = tables.stream().map(table -> table.text() + "\n").collect(Collectors.joining());
        List<String[]> cells = new java.util.ArrayList<>();
        cells.add(HEADINGS);
        rows.forEach(row -> cells.add(new String[] {
            row.measure(),
            shown(row.value()),
            row.unit(),
            Objects.requireNonNullElse(row.versus(), ""),
            shown(row.versusValue()),
            shown(row.ratio()),
            row.note()
        }));
        int[] widths = new int[HEADINGS.length];
        for (String[] line : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line[column].length());
            }
        }
        return cells.stream().map(line -> aligned(line, widths)).collect(Collectors.joining("\n", figures, "\n"));
    }

    /**
     * Writes the JSON object.
     *
     * @param file replaced if it exists
     * @throws IOException when it cannot be written
     */
    public void write(Path file) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("machine", machine);
        object.put("rows", rows.stream().map(row -> object(row)).toList());
        if (!tables.isEmpty()) {
            object.put("tables", tables.stream().map(table -> object(table)).toList());
        }
        JSON.std
                .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
                .write(object, file.toFile());
    }

    private static Map<String, @Nullable Object> object(Table table) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("title", table.title());
        object.put("columns", table.columns());
        object.put(
                "lines",
                table.lines().stream()
                        .map(line -> line.stream().map(Report::cell).toList())
                        .toList());
        return object;
    }

    private static Object cell(Object cell) {
        return cell instanceof Double number && !Double.isFinite(number) ? "" : cell;
    }

    private static Map<String, @Nullable Object> object(Row row) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("measure", row.measure());
        object.put("value", number(row.value()));
        object.put("unit", row.unit());
        object.put("versus", row.versus());
        object.put("versus_value", number(row.versusValue()));
        object.put("ratio", number(row.ratio()));
        if (!row.note().isEmpty()) {
            object.put("note", row.note());
        }
        return object;
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String aligned(String[] line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            boolean isNumber = column == 1 || column == 4 || column == 5;
            text.append(String.format("%" + (isNumber ? "" : "-") + Math.max(1, widths[column]) + "s  ", line[column]));
        }
        return text.toString().stripTrailing();
    }

    private static String shown(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        double magnitude = Math.abs(value);
        if (magnitude >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, magnitude >= 100 ? "%.0f" : magnitude >= 10 ? "%.1f" : "%.2f", value);
    }
}
