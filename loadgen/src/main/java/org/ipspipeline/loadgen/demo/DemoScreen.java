package org.ipspipeline.loadgen.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a person sees: one screen, drawn anew once a second on a terminal, or a line a second elsewhere; and at the end a
 * verdict in plain words.
 */
final class DemoScreen {

    private static final int WIDTH = 72;

    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;

    DemoScreen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether the standard output is a terminal: from JDK 22 on, System.console() does not tell. */
    static boolean isOnTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException unknown) {
            return false;
        }
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Shows the state at a moment, with rates over the last second. */
    void show(DemoOptions options, String enforcement, DemoSample before, DemoSample now) {
        double seconds = Math.max(1e-3, now.seconds() - before.seconds());
        double offered = (now.offeredInvalid() - before.offeredInvalid()) / seconds;
        double dropped = (now.dropped() - before.dropped()) / seconds;
        double reached = (now.reachedInvalid() - before.reachedInvalid()) / seconds;
        if (!terminal) {
            say(line(
                    "%3.0f s  offered %,9.0f/s  dropped %,9.0f/s  reached %,8.0f/s  lines %,d/%,d lost %d  bans %,d active of"
                            + " %,d  p50 %.0f us  answered %,d/%,d",
                    now.seconds(),
                    offered,
                    dropped,
                    reached,
                    now.written(),
                    now.read(),
                    now.lost(),
                    now.activeBans(),
                    now.bans(),
                    now.latency50(),
                    now.answeredValid(),
                    now.offeredValid()));
            return;
        }
        String[] lines = {
            line(
                    "  ips-pipeline demo   %3.0f of %d s   %,d attackers   enforcement %s",
                    now.seconds(), options.duration().toSeconds(), options.attackers(), enforcement),
            "  " + "-".repeat(WIDTH),
            line("  offered     %,12.0f packets/s of the attackers", offered),
            line("  dropped     %,12.0f packets/s  %s", dropped, bar(dropped, offered)),
            line("  reached     %,12.0f packets/s  %s", reached, bar(reached, offered)),
            line("  lines       %,12d written   %,d read   %,d lost", now.written(), now.read(), now.lost()),
            line("  bans        %,12d active    %,d since the start", now.activeBans(), now.bans()),
            line(
                    "  line to map %,12.0f us median   %,.0f us p99   %,.0f us at most",
                    now.latency50(), now.latency99(), now.latencyMax()),
            line(
                    "  valid       %,12d requests  %,d answered (%.2f %%)",
                    now.offeredValid(),
                    now.answeredValid(),
                    now.offeredValid() == 0 ? 100.0 : 100.0 * now.answeredValid() / now.offeredValid()),
        };
        if (drawn > 0) {
            // Up to the first line of the last drawing, and everything below it away.
            out.printf("\033[%dA\033[J", drawn);
        }
        drawn = lines.length;
        for (String text : lines) {
            out.println(text);
        }
        out.flush();
    }

    /** Says what came of it. */
    void verdict(DemoResult result) {
        DemoSample end = result.end();
        say("");
        say(line(
                "%s: of %,d packets that could have been dropped, %.2f %% were (%s, %d ban cycles).",
                result.isWell() ? "It holds" : "It does not hold",
                Math.max(
                        0,
                        end.offeredInvalid()
                                - result.cycles()
                                        * result.options().maxRetry()
                                        * result.options().attackers()),
                result.relativeDropPercent(),
                result.enforcement(),
                result.cycles()));
        Double time = result.timeTo95PercentDrop();
        say(
                time == null
                        ? "95 % of the attackers' packets were never dropped within a sample."
                        : line("%.2f s after the first packet 95 %% of the attackers' packets were dropped.", time));
        say(line(
                "%,d bans; from the offending line to the map entry %.0f us (median), %.0f us (p99).",
                end.bans(), end.latency50(), end.latency99()));
        say(line(
                "Well-behaved clients: %,d of %,d requests answered (%.2f %%).",
                end.answeredValid(), end.offeredValid(), result.answeredPercent()));
        say(line(
                "Lines: %,d written, %,d read, %,d lost.%s",
                end.written(), end.read(), end.lost(), result.lostNothing() ? "" : " Some are not accounted for."));
    }

    private static String bar(double part, double whole) {
        int filled = whole <= 0 ? 0 : (int) Math.round(Math.min(1, part / whole) * 30);
        return "#".repeat(filled) + ".".repeat(30 - filled);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
