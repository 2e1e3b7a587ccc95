package org.ipspipeline.benchmarks.comparison;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Figures of several kinds beside each other, a line a contender: where one measure a row would tear apart what belongs
 * together.
 *
 * @param title one line
 * @param columns headings; the first column names the contender
 * @param lines as many cells each as there are columns: numbers, where NaN is an empty cell, or text; a last cell more is
 *     a remark
 */
public record Table(String title, List<String> columns, List<List<Object>> lines) {

    /** The table as text: columns aligned, a line each, the last one ended. */
    public String text() {
        int[] widths = new int[columns.size()];
        for (int column = 0; column < widths.length; column++) {
            int index = column;
            widths[column] = Math.max(
                    columns.get(column).length(),
                    lines.stream()
                            .mapToInt(line ->
                                    index < line.size() ? shown(line.get(index)).length() : 0)
                            .max()
                            .orElse(0));
        }
        return title + "\n" + aligned(columns, widths) + "\n"
                + lines.stream().map(line -> aligned(line, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String aligned(List<?> cells, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = shown(cells.get(column));
            int padding = column < widths.length ? widths[column] - cell.length() : 0;
            text.append(column == 0 ? cell : " ".repeat(padding) + cell);
            text.append(column == 0 ? " ".repeat(padding) : "").append("  ");
        }
        return text.toString().stripTrailing();
    }

    private static String shown(Object cell) {
        if (!(cell instanceof Double number)) {
            return String.valueOf(cell);
        }
        if (number.isNaN()) {
            return "";
        }
        return number >= 1000 || number == Math.rint(number)
                ? String.format(Locale.ROOT, "%,.0f", number)
                : String.format(Locale.ROOT, number >= 10 ? "%.1f" : "%.2f", number);
    }
}
