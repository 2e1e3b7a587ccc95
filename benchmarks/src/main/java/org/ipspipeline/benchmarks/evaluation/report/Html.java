package org.ipspipeline.benchmarks.evaluation.report;

import java.util.List;
import java.util.Locale;

/** Builds a page piece by piece. Not thread-safe. */
public final class Html {

    private static final String STYLE = """
            body { font: 15px/1.5 sans-serif; color: #222; max-width: 1560px; margin: 2em auto; padding: 0 1em; }
            h1 { font-size: 1.6em; } h2 { margin-top: 2em; border-bottom: 1px solid #ccc; } h3 { margin-bottom: .2em; }
            table { border-collapse: collapse; margin: .6em 0; font-size: 13px; }
            th, td { padding: .15em .6em; border-bottom: 1px solid #e4e4e4; text-align: right; white-space: nowrap; }
            th { background: #f6f6f6; vertical-align: bottom; white-space: normal; }
            th:first-child, td:first-child { text-align: left; }
            td.theirs, th.theirs { color: #777; background: #fafafa; }
            .plots { display: flex; flex-wrap: wrap; gap: 1em; } figure { margin: 0; }
            figcaption { font-size: 13px; max-width: 480px; }
            .yes { color: #176b36; } .no { color: #b3261e; } .small { color: #666; font-size: 13px; }
            """;

    private final StringBuilder page = new StringBuilder();

    /**
     * Begins a page.
     *
     * @param title of the page
     */
    public Html(String title) {
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escape(title))
                .append("</title>\n<link rel=\"icon\" href=\"data:,\"><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(escape(title))
                .append("</h1>\n");
    }

    /**
     * {@return a text in which nothing is taken for markup}
     *
     * @param text anything
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * Adds a heading.
     *
     * @param level 2 or 3
     * @param text of the heading
     */
    public void heading(int level, String text) {
        page.append(String.format(Locale.ROOT, "<h%d>%s</h%d>%n", level, escape(text), level));
    }

    /**
     * Adds a paragraph.
     *
     * @param text of the paragraph
     */
    public void paragraph(String text) {
        page.append("<p>").append(escape(text)).append("</p>\n");
    }

    /**
     * Adds something that is markup already.
     *
     * @param markup as it is to stand there
     */
    public void raw(String markup) {
        page.append(markup);
    }

    /**
     * Adds a plot with a caption.
     *
     * @param plot the plot
     * @param caption below it
     */
    public void figure(LinePlot plot, String caption) {
        page.append("<figure>")
                .append(plot.svg())
                .append("<figcaption>")
                .append(escape(caption))
                .append("</figcaption></figure>\n");
    }

    /**
     * Adds a table.
     *
     * @param head its headings; one that begins with {@code *} names a column of others' figures
     * @param rows its cells; one that is {@code yes} or {@code no} is coloured
     */
    public void table(List<String> head, List<List<String>> rows) {
        page.append("<table><tr>");
        for (String cell : head) {
            boolean theirs = cell.startsWith("*");
            page.append(theirs ? "<th class=\"theirs\">" : "<th>")
                    .append(escape(theirs ? cell.substring(1) : cell))
                    .append("</th>");
        }
        page.append("</tr>\n");
        for (List<String> row : rows) {
            page.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String kind = head.get(i).startsWith("*")
                        ? " class=\"theirs\""
                        : cell.equals("yes") || cell.equals("no") ? " class=\"" + cell + "\"" : "";
                page.append("<td").append(kind).append('>').append(escape(cell)).append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    /** {@return the whole page} */
    public String end() {
        return page + "</body></html>\n";
    }
}
