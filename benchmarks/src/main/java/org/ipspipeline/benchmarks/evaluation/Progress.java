package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Shows how far an evaluation is, and how long it will still take: a bar on a terminal, a line a run elsewhere. */
final class Progress {

    private static final int WIDTH = 24;

    /** What a run takes besides its attack, until the first ones have shown it. */
    private static final double ASSUMED_OVERHEAD = 3;

    private final PrintWriter out;
    private final boolean terminal;
    private final int steps;
    private double secondsLeft;
    private int done;
    private int measured;
    private double overhead;
    private double planned;
    private long began;

    /**
     * Begins.
     *
     * @param out where it is shown
     * @param terminal whether lines can be drawn over
     * @param steps how many runs there are to be
     * @param seconds that their attacks last in all
     */
    Progress(PrintWriter out, boolean terminal, int steps, double seconds) {
        this.out = out;
        this.terminal = terminal;
        this.steps = steps;
        this.secondsLeft = seconds;
    }

    /** {@return whether the standard error is a terminal: from JDK 22 on, System.console() does not tell} */
    static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException unknown) {
            return false;
        }
    }

    /** A run begins that is planned to take so long. */
    void begin(String name, double seconds) {
        planned = seconds;
        began = System.nanoTime();
        String bar = "#".repeat(WIDTH * done / Math.max(1, steps));
        show(String.format(
                Locale.ROOT,
                "[%-" + WIDTH + "s] %d/%d  %-26s %s left",
                bar,
                done + 1,
                steps,
                name,
                time(secondsLeft + (steps - done) * meanOverhead())));
    }

    /** It has ended. */
    void end() {
        done++;
        measured++;
        secondsLeft -= planned;
        overhead += Math.max(0, (System.nanoTime() - began) / 1e9 - planned);
    }

    private double meanOverhead() {
        return measured == 0 ? ASSUMED_OVERHEAD : overhead / measured;
    }

    private void show(String line) {
        // Back to the line's beginning, and what stood there away.
        out.print(terminal ? "\r\033[K" + line : line + "\n");
        out.flush();
    }

    /** Says something that stays. */
    void say(String line) {
        out.print((terminal ? "\r\033[K" : "") + line + "\n");
        out.flush();
    }

    private static String time(double seconds) {
        long whole = Math.round(Math.max(0, seconds));
        return whole < 60 ? whole + " s" : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }
}
