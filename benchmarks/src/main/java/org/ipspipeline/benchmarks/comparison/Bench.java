package org.ipspipeline.benchmarks.comparison;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a {@link Comparison} runs against: how many rounds, and where rows and progress go. Used by one thread. */
public final class Bench {

    private final int rounds;
    private final List<String> arguments;
    private final PrintWriter progress;
    private final List<Row> rows = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();

    /**
     * @param rounds interleaved rounds of each contest, at least 1
     * @param arguments what stood after the comparison's name, for comparisons that have options of their own
     * @param progress where to say what is running
     */
    public Bench(int rounds, List<String> arguments, PrintWriter progress) {
        this.rounds = rounds;
        this.arguments = List.copyOf(arguments);
        this.progress = progress;
    }

    /**
     * How many interleaved rounds to run.
     *
     * @return at least 1
     */
    public int rounds() {
        return rounds;
    }

    /**
     * The comparison's own options.
     *
     * @return unmodifiable, in the order given
     */
    public List<String> arguments() {
        return arguments;
    }

    /**
     * Says what is running now, on the standard error.
     *
     * @param what a few words
     */
    public void progress(String what) {
        progress.println("  ... " + what);
        progress.flush();
    }

    /**
     * A contest to add contenders to; run it with {@link #rounds()}.
     *
     * @param measure what is measured, the first column of the table
     * @param unit of all values
     * @param better which direction is good
     * @return a contest without contenders
     */
    public Contest contest(String measure, String unit, Better better) {
        progress(measure);
        return new Contest(measure, unit, better);
    }

    /**
     * Reports a row.
     *
     * @param row as it stands in the table
     */
    public void report(Row row) {
        rows.add(row);
    }

    /**
     * Reports figures of several kinds in a table of its own, which people see before the rows.
     *
     * @param table as it is shown
     */
    public void report(Table table) {
        tables.add(table);
    }

    /**
     * All tables reported so far.
     *
     * @return a copy
     */
    public List<Table> tables() {
        return List.copyOf(tables);
    }

    /**
     * Reports that a contender cannot run on this machine.
     *
     * @param measure what it would have been measured by
     * @param contender its name
     * @param missing what the machine lacks
     */
    public void lacks(String measure, String contender, String missing) {
        rows.add(new Row(
                measure, Double.NaN, "", contender, Double.NaN, Double.NaN, "not run: this machine lacks " + missing));
    }

    /**
     * All rows reported so far.
     *
     * @return a copy
     */
    public List<Row> rows() {
        return List.copyOf(rows);
    }
}
