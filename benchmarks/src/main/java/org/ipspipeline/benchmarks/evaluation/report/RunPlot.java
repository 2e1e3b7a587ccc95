package org.ipspipeline.benchmarks.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.ipspipeline.benchmarks.evaluation.result.Quantity;
import org.ipspipeline.benchmarks.evaluation.result.RunResult;
import org.ipspipeline.benchmarks.evaluation.result.Samples;

/** The plot of a run: what was offered, dropped, what reached the server and was answered, and bans, over time. */
public final class RunPlot {

    private static final int RATES_HEIGHT = 170;
    private static final int BANS_HEIGHT = 46;

    private RunPlot() {}

    /**
     * {@return the plot}
     *
     * @param result at least two samples
     */
    public static LinePlot of(RunResult result) {
        Samples samples = result.samples();
        List<LinePlot.Line> rates = new ArrayList<>();
        rates.add(rate("offered", "#8a8a8a", samples, Quantity.OFFERED));
        rates.add(rate("dropped", "#c0392b", samples, Quantity.DROPPED));
        rates.add(rate("reached", "#1f6fc4", samples, Quantity.REACHED));
        rates.add(rate("answered", "#2e8b57", samples, Quantity.VALID_ANSWERED));
        LinePlot.Line bans = line("bans in force", "#7d3c98", samples, i -> samples.get(i, Quantity.BANS_ACTIVE));
        return new LinePlot(result.name() + ": packets a second and bans over time", "seconds since the attack began")
                .panel("packets/s", RATES_HEIGHT, rates)
                .panel("", BANS_HEIGHT, List.of(bans));
    }

    private static LinePlot.Line rate(String name, String color, Samples samples, Quantity quantity) {
        return line(name, color, samples, i -> samples.rate(i, quantity));
    }

    /** The last sample is taken after the end, when everybody has counted up: it belongs to no moment of the run. */
    private static LinePlot.Line line(String name, String color, Samples samples, IntToDoubleFunction value) {
        List<LinePlot.Point> points = new ArrayList<>();
        for (int i = 1; i < samples.count() - 1; i++) {
            points.add(new LinePlot.Point(samples.get(i, Quantity.SECONDS), value.applyAsDouble(i)));
        }
        return new LinePlot.Line(name, color, points);
    }
}
