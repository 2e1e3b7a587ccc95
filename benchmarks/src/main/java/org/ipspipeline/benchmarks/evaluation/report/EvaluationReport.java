package org.ipspipeline.benchmarks.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ipspipeline.benchmarks.evaluation.result.Quantity;
import org.ipspipeline.benchmarks.evaluation.result.RunFigures;
import org.ipspipeline.benchmarks.evaluation.result.RunResult;
import org.ipspipeline.benchmarks.evaluation.result.ThesisFigure;
import org.jspecify.annotations.Nullable;

/** The page of an evaluation: what holds, every figure of the thesis with its plot, and all numbers beside the thesis's. */
public final class EvaluationReport {

    private static final List<String> SUMMARY_HEAD = List.of(
            "experiment",
            "Figure",
            "packets/s offered",
            "*thesis",
            "relative drop",
            "*thesis",
            "s to 95 % drop",
            "*thesis",
            "again, in later ban cycles",
            "log messages",
            "*thesis",
            "CPU us a message",
            "*thesis",
            "lines lost",
            "lost in full socket queues",
            "bans/s, at most",
            "valid answered");

    private final Map<String, Object> machine;
    private final Map<String, Object> calibration;
    private final Map<String, Object> tables;
    private final Map<String, RunResult> results = new LinkedHashMap<>();
    private final Map<String, String> failures;

    /**
     * Takes what was measured.
     *
     * @param machine what it was measured on
     * @param calibration what sender and server can do alone; empty where it was not measured
     * @param tables the thesis's tables measured again; empty where they were not
     * @param results in the order to be shown
     * @param failures for experiments that could not be run, why
     */
    public EvaluationReport(
            Map<String, Object> machine,
            Map<String, Object> calibration,
            Map<String, Object> tables,
            List<RunResult> results,
            Map<String, String> failures) {
        this.machine = machine;
        this.calibration = calibration;
        this.tables = tables;
        this.failures = failures;
        results.forEach(result -> this.results.put(result.name(), result));
    }

    /**
     * Writes the page.
     *
     * @param file replaced if it exists
     * @throws IOException when it cannot be written
     */
    public void write(Path file) throws IOException {
        Files.writeString(file, page());
    }

    private String page() {
        Html page = new Html("ips-pipeline: evaluation");
        page.paragraph(machine.values().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ". Made by"
                + " './ips-pipeline evaluate'; all samples are in samples.csv, all figures in results.json.");
        page.heading(2, "What holds");
        new Goals(results, number(calibration.get("server_ring_requests_per_s"))).show(page);
        failures.forEach((name, why) -> page.paragraph(name + " could not be run: " + why));
        page.heading(2, "How to read this");
        howToRead(page);
        page.heading(2, "All experiments");
        page.table(
                SUMMARY_HEAD,
                results.values().stream().map(EvaluationReport::summary).toList());
        page.heading(2, "The figures of the thesis");
        ThesisFigure.all().forEach(figure -> show(page, figure));
        page.heading(2, "Beyond the thesis");
        plots(page, withFigure(""), "");
        new AddressTablesView(tables).show(page);
        return page.end();
    }

    private void howToRead(Html page) {
        page.paragraph(
                "Offered is what the sender's interface sent, dropped what the target's network driver counts as"
                        + " dropped by XDP (with fail2ban's netfilter action: what came to the interface and to no socket), reached what"
                        + " the server received of attackers, answered what valid clients got back. A sample is taken every 100 ms.");
        page.paragraph(
                "Relative drop is the thesis's formula, dropped / (offered - ban cycles x limit x clients): what each client"
                        + " must send before it can be banned cannot be dropped. In short runs a ban cycle that has only begun counts"
                        + " as a whole one, so that it may exceed 100 %.");
        page.paragraph(
                "The thesis had 16 cores and a 100 GbE card on each of two hosts; here sender, server and daemon share"
                        + " this machine's CPUs and a veth pair, so its 10 and 30 million packets a second cannot be repeated. Rates are"
                        + " shares of what the sender can do alone: 10, 50 and 100 % stand beside its 100,000, 1 and 10 million."
                        + " Compare shapes and shares, not absolute times. The JVMs are started for each run: time to 95 % drop is that of"
                        + " programs that are still warming up, the later ban cycles show them warm.");
        if (!calibration.isEmpty()) {
            page.paragraph("Calibration, packets/s: " + calibration);
        }
    }

    private List<RunResult> withFigure(String number) {
        return results.values().stream()
                .filter(result -> number.equals(result.parameters().get("figure")))
                .toList();
    }

    private void show(Html page, ThesisFigure figure) {
        page.heading(3, "Figure " + figure.figure());
        page.paragraph(
                "The thesis: " + figure.caption() + (figure.remark().isEmpty() ? "" : "; " + figure.remark()) + ".");
        List<RunResult> runs = withFigure(figure.figure());
        if (runs.isEmpty()) {
            page.paragraph("Not run here.");
            return;
        }
        plots(page, runs, "Figure " + figure.figure() + ": ");
    }

    private static void plots(Html page, List<RunResult> runs, String before) {
        page.raw("<div class=\"plots\">\n");
        for (RunResult run : runs) {
            page.figure(RunPlot.of(run), before + run.parameters().get("title") + facts(run));
        }
        page.raw("</div>\n");
    }

    private static String facts(RunResult run) {
        RunFigures figures = run.figures();
        StringBuilder facts = new StringBuilder(". Relative drop ")
                .append(Numbers.percent(figures.relativeDropPercent()))
                .append("; 95 % dropped after ")
                .append(Numbers.seconds(figures.secondsToMost()))
                .append(figures.secondsToMost().isPresent() ? " s" : "");
        thesis(run)
                .ifPresent(theirs -> facts.append(" (the thesis: ")
                        .append(Numbers.percent(theirs.relativeDropPercent()))
                        .append(", ")
                        .append(Numbers.decimal(theirs.secondsToMost()))
                        .append(" s)"));
        if (run.samples().last(Quantity.READ_SECOND) > 0) {
            double written = run.samples().last(Quantity.WRITTEN);
            facts.append("; the readers read ")
                    .append(Numbers.percent(100 * run.samples().last(Quantity.READ) / written))
                    .append(" and ")
                    .append(Numbers.percent(100 * run.samples().last(Quantity.READ_SECOND) / written))
                    .append(" of the lines");
        }
        if (run.samples().last(Quantity.STOLEN) > 0) {
            facts.append("; stolen: ").append(Numbers.whole(run.samples().last(Quantity.STOLEN)));
        }
        return facts.append('.').toString();
    }

    private static Optional<ThesisFigure> thesis(RunResult run) {
        return ThesisFigure.numbered(String.valueOf(run.parameters().get("figure")));
    }

    private static List<String> summary(RunResult run) {
        RunFigures figures = run.figures();
        ThesisFigure theirs = thesis(run)
                .orElse(new ThesisFigure("", "", Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, ""));
        boolean ours = Goals.isOurs(run);
        List<String> cells = new ArrayList<>();
        cells.add(run.name());
        cells.add(theirs.figure());
        cells.add(Numbers.whole(figures.offeredPerSecond()));
        cells.add(Numbers.whole(theirs.offeredPps()));
        cells.add(Numbers.percent(figures.relativeDropPercent()));
        cells.add(Numbers.percent(theirs.relativeDropPercent()));
        cells.add(Numbers.seconds(figures.secondsToMost()));
        cells.add(Numbers.decimal(theirs.secondsToMost()));
        cells.add(figures.secondsToMostAgain().isPresent() ? Numbers.seconds(figures.secondsToMostAgain()) : "–");
        cells.add(Numbers.whole(figures.messages()));
        cells.add(Numbers.whole(theirs.logMessages()));
        cells.add(ours ? Numbers.decimal(figures.cpuMicrosPerMessage()) : "–");
        cells.add(Numbers.decimal(theirs.cpuMicrosPerMessage()));
        cells.add(ours ? Numbers.whole(figures.lost()) : "–");
        cells.add(Numbers.whole(run.samples().last(Quantity.QUEUE_FULL)));
        cells.add(Numbers.whole(figures.bansPerSecond()));
        cells.add(Numbers.percent(figures.answeredPercent()));
        return cells;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
