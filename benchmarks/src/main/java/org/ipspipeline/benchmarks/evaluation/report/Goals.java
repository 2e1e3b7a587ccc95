package org.ipspipeline.benchmarks.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ipspipeline.benchmarks.evaluation.result.Quantity;
import org.ipspipeline.benchmarks.evaluation.result.RunResult;

/** What is promised, what was measured, and whether it holds. Rows that were not run say so. */
final class Goals {

    private static final List<String> HEAD = List.of("promise", "experiment", "measured", "holds");
    private static final double WELL = 99;

    /** Seconds that the thesis's C program took on a machine such as this one, measured in the same way. */
    private static final double C_PROGRAM_FEW = 0.18;

    private static final double C_PROGRAM_MANY = 1.38;

    private final Map<String, RunResult> results;
    private final double serverRing;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Judges.
     *
     * @param results by name
     * @param serverRing requests a second that the server alone logs to a ring, NaN where it was not measured
     */
    Goals(Map<String, RunResult> results, double serverRing) {
        this.results = results;
        this.serverRing = serverRing;
        for (String name : List.of("ours-254", "few-50", "few-100", "few-two-readers", "few-overwrite")) {
            relativeDrop("254 clients: 99 % of what can be dropped is", name);
        }
        relativeDrop("65,534 clients at 100,000 pps: 99 % of what can be dropped is", "many-100k");
        time(
                "254 clients at the highest rate: 95 % dropped no later than the thesis's C program",
                "few-100", C_PROGRAM_FEW);
        time(
                "65,534 clients at the highest rate: no later than the thesis's C program",
                "ring-ipv4-100",
                C_PROGRAM_MANY);
        floor();
        losses();
        cpu();
        fail2ban();
    }

    void show(Html page) {
        page.table(HEAD, rows);
    }

    private Optional<RunResult> find(String promise, String name) {
        Optional<RunResult> result = Optional.ofNullable(results.get(name));
        if (result.isEmpty()) {
            rows.add(List.of(promise, name, "not run", ""));
        }
        return result;
    }

    private void add(String promise, String name, String measured, boolean holds) {
        rows.add(List.of(promise, name, measured, holds ? "yes" : "no"));
    }

    private void relativeDrop(String promise, String name) {
        find(promise, name).ifPresent(result -> {
            double percent = result.figures().relativeDropPercent();
            add(promise, name, Numbers.percent(percent), percent >= WELL);
        });
    }

    private void time(String promise, String name, double limit) {
        find(promise, name).ifPresent(result -> {
            double seconds = result.figures().secondsToMost().orElse(Double.POSITIVE_INFINITY);
            add(promise, name, text("%s s, theirs %.2f s", Numbers.decimal(seconds), limit), seconds <= limit);
        });
    }

    private void floor() {
        String promise = "65,534 clients at the highest rate: 1.2 x what the server needs to log them";
        find(promise, "ring-ipv4-100").ifPresent(result -> {
            double floor = (double) result.clients() * result.limit() / serverRing;
            double seconds = result.figures().secondsToMost().orElse(Double.POSITIVE_INFINITY);
            add(
                    promise,
                    result.name(),
                    text("%s s, floor %.2f s", Numbers.decimal(seconds), floor),
                    seconds <= 1.2 * floor);
        });
    }

    private void losses() {
        double unaccounted = 0;
        double lost = 0;
        int runs = 0;
        for (RunResult result : results.values()) {
            if (isOurs(result)) {
                runs++;
                unaccounted += Math.abs(result.figures().unaccounted());
                boolean overwriting =
                        String.valueOf(result.parameters().get("medium")).contains("overwriting");
                lost += overwriting ? 0 : result.figures().lost();
            }
        }
        add("no line is lost where the ring is lossless", runs + " runs", Numbers.whole(lost) + " lost", lost == 0);
        add(
                "every line is read, or counted as lost",
                runs + " runs",
                Numbers.whole(unaccounted) + " unaccounted for",
                unaccounted == 0);
    }

    static boolean isOurs(RunResult result) {
        return !String.valueOf(result.parameters().get("subject")).startsWith("fail2ban");
    }

    /** At the highest rate with the most clients there are enough messages to divide by. */
    private void cpu() {
        String promise = "CPU of the daemon a log message: at most 1 us (the thesis: 2.6 to 4.1 us)";
        find(promise, "ring-both-100").ifPresent(result -> {
            double micros = result.figures().cpuMicrosPerMessage();
            add(promise, result.name(), Numbers.decimal(micros) + " us", micros <= 1);
        });
    }

    private void fail2ban() {
        String promise = "fail2ban fails, and ours beside it does not";
        find(promise, "fail2ban-nftables-254").ifPresent(theirs -> {
            Optional<RunResult> ours = find(promise, "ours-254");
            ours.ifPresent(result -> add(
                    promise,
                    theirs.name() + ", " + result.name(),
                    text(
                            "%s against %s in %d ban cycles, %s bans/s against %s",
                            Numbers.percent(theirs.figures().relativeDropPercent()),
                            Numbers.percent(result.figures().relativeDropPercent()),
                            result.figures().cycles(),
                            Numbers.whole(theirs.figures().bansPerSecond()),
                            Numbers.whole(result.figures().bansPerSecond())),
                    theirs.figures().relativeDropPercent() < WELL
                            && result.figures().relativeDropPercent() >= WELL
                            && result.samples().last(Quantity.SECONDS) >= 5 * result.banSeconds()));
        });
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
