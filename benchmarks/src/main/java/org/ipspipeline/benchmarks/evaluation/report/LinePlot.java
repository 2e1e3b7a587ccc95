package org.ipspipeline.benchmarks.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over a common horizontal axis, as SVG: one panel above another, each with its own vertical axis. Not thread-safe. */
public final class LinePlot {

    private static final int WIDTH = 480;
    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 22;
    private static final int GAP = 18;
    private static final int BOTTOM = 34;
    private static final int INNER = WIDTH - LEFT - RIGHT;

    /**
     * A line.
     *
     * @param name in the legend
     * @param color as CSS has it
     * @param points from left to right
     */
    public record Line(String name, String color, List<Point> points) {

        /** Copies the points. */
        public Line {
            points = List.copyOf(points);
        }
    }

    /**
     * A point of a line.
     *
     * @param x to the right
     * @param y upwards; where it is no number the line is interrupted
     */
    public record Point(double x, double y) {}

    private record Panel(String unit, int height, List<Line> lines) {}

    private final String title;
    private final String horizontal;
    private final List<Panel> panels = new ArrayList<>();

    /**
     * An empty plot.
     *
     * @param title for those who cannot see it
     * @param horizontal what the horizontal axis shows, with its unit
     */
    public LinePlot(String title, String horizontal) {
        this.title = title;
        this.horizontal = horizontal;
    }

    /**
     * Adds a panel below those there are.
     *
     * @param unit what its vertical axis shows
     * @param height of its inside, in pixels
     * @param lines at least one
     * @return this plot
     */
    public LinePlot panel(String unit, int height, List<Line> lines) {
        panels.add(new Panel(unit, height, List.copyOf(lines)));
        return this;
    }

    /** {@return the plot as an SVG element} */
    public String svg() {
        double mostX = panels.stream()
                .flatMap(panel -> panel.lines().stream())
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::x)
                .max()
                .orElse(1);
        Axis x = Axis.upTo(mostX, 6);
        int height = TOP + BOTTOM + panels.stream().mapToInt(Panel::height).sum() + GAP * (panels.size() - 1);
        StringBuilder svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"11\">%n",
                WIDTH, height, WIDTH, height, Html.escape(title)));
        int top = TOP;
        for (Panel panel : panels) {
            draw(svg, panel, top, x);
            top += panel.height() + GAP;
        }
        drawHorizontal(svg, top - GAP, x);
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Panel panel, int top, Axis x) {
        double mostY = panel.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::y)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Axis y = Axis.upTo(mostY, panel.height() > 100 ? 5 : 2);
        int bottom = top + panel.height();
        for (double mark : y.marks()) {
            double at = bottom - panel.height() * mark / y.end();
            svg.append(text(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%s</text>%n",
                    LEFT, LEFT + INNER, at, at, LEFT - 5, at + 4, Axis.label(mark)));
        }
        legend(svg, panel, top);
        for (Line line : panel.lines()) {
            svg.append(text(
                    "<path fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" stroke-linejoin=\"round\" d=\"%s\"/>%n",
                    line.color(), path(line, top, panel.height(), x, y)));
        }
    }

    private static void legend(StringBuilder svg, Panel panel, int top) {
        int at = LEFT;
        svg.append(text("<text x=\"%d\" y=\"%d\" fill=\"#333\">", at, top - 7));
        for (Line line : panel.lines()) {
            svg.append(text("<tspan fill=\"%s\">&#9644; %s</tspan>  ", line.color(), Html.escape(line.name())));
        }
        svg.append(text("<tspan fill=\"#777\">%s</tspan></text>%n", Html.escape(panel.unit())));
    }

    private static String path(Line line, int top, int height, Axis x, Axis y) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (Point point : line.points()) {
            if (!Double.isFinite(point.y())) {
                pen = false;
                continue;
            }
            path.append(text(
                    "%s%.1f %.1f",
                    pen ? "L" : "M",
                    LEFT + INNER * point.x() / x.end(),
                    top + height - height * Math.max(0, point.y()) / y.end()));
            pen = true;
        }
        return path.toString();
    }

    private void drawHorizontal(StringBuilder svg, int bottom, Axis x) {
        svg.append(text(
                "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#888\"/>%n",
                LEFT, LEFT + INNER, bottom, bottom));
        for (double mark : x.marks()) {
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%s</text>%n",
                    LEFT + INNER * mark / x.end(), bottom + 14, Axis.label(mark)));
        }
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#333\">%s</text>%n",
                LEFT + INNER / 2, bottom + 29, Html.escape(horizontal)));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
