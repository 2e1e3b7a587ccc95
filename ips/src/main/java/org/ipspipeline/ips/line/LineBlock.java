package org.ipspipeline.ips.line;

import java.util.Arrays;
import java.util.Objects;
import org.ipspipeline.ipc.LineBuffer;

/**
 * A block of lines, and the failures found in it: which line, which pattern, whose address. It is one event of the pipeline: filled by
 * a source, then matched, counted, cleared and used again, by one thread at a time.
 *
 * <p>Failures stand in the order of their lines. There may be several of a line, of different jails. The block allocates when it is
 * made, and when a block has more failures than lines; it keeps what it grew to.
 */
public final class LineBlock {

    /** The time of a failure whose line names none. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final LineBuffer lines;
    private int source;
    private int failures;
    private int[] failureLine;
    private int[] failurePattern;
    private long[] failureHigh;
    private long[] failureLow;
    private long[] failureMicros;

    /**
     * Makes an empty block.
     *
     * @param lineCapacity how many lines it takes, at least 1
     * @param byteCapacity how many bytes these have at most, a newline for each line included
     */
    public LineBlock(int lineCapacity, int byteCapacity) {
        this(new LineBuffer(lineCapacity, byteCapacity));
    }

    /**
     * Makes a block around lines.
     *
     * @param lines the lines; the block clears them when it is cleared
     */
    public LineBlock(LineBuffer lines) {
        this.lines = lines;
        int capacity = lines.lineCapacity();
        failureLine = new int[capacity];
        failurePattern = new int[capacity];
        failureHigh = new long[capacity];
        failureLow = new long[capacity];
        failureMicros = new long[capacity];
    }

    /** {@return the lines, to be filled and read} */
    public LineBuffer lines() {
        return lines;
    }

    /** {@return the number of the source that filled it} */
    public int source() {
        return source;
    }

    /**
     * Tells who filled it.
     *
     * @param number of the source among those of its pipeline
     */
    public void source(int number) {
        source = number;
    }

    /** Empties the block: no lines, no failures. */
    public void clear() {
        lines.clear();
        failures = 0;
    }

    /** Takes the failures away and keeps the lines. */
    public void clearFailures() {
        failures = 0;
    }

    /**
     * Notes a failure.
     *
     * @param line the line's index, not below that of the failure noted before
     * @param pattern whose number tells the jail
     * @param high the first half of the address
     * @param low the second half of the address
     */
    public void addFailure(int line, int pattern, long high, long low) {
        addFailure(line, pattern, high, low, NO_TIME);
    }

    /**
     * Notes a failure whose line says when it happened.
     *
     * @param line the line's index, not below that of the failure noted before
     * @param pattern whose number tells the jail
     * @param high the first half of the address
     * @param low the second half of the address
     * @param micros when it happened, in microseconds since 1970, or {@link #NO_TIME}
     */
    public void addFailure(int line, int pattern, long high, long low, long micros) {
        if (failures == failureLine.length) {
            grow();
        }
        failureLine[failures] = line;
        failurePattern[failures] = pattern;
        failureHigh[failures] = high;
        failureLow[failures] = low;
        failureMicros[failures] = micros;
        failures++;
    }

    /** {@return how many failures were found} */
    public int failures() {
        return failures;
    }

    /**
     * Tells the line of a failure.
     *
     * @param failure 0 to {@link #failures()} - 1
     * @return the line's index
     */
    public int line(int failure) {
        return failureLine[Objects.checkIndex(failure, failures)];
    }

    /**
     * Tells the pattern of a failure.
     *
     * @param failure 0 to {@link #failures()} - 1
     * @return the number that the pattern has in the set that matched
     */
    public int pattern(int failure) {
        return failurePattern[Objects.checkIndex(failure, failures)];
    }

    /**
     * Tells whose failure it is.
     *
     * @param failure 0 to {@link #failures()} - 1
     * @return the first half of the address
     */
    public long high(int failure) {
        return failureHigh[Objects.checkIndex(failure, failures)];
    }

    /**
     * Tells whose failure it is.
     *
     * @param failure 0 to {@link #failures()} - 1
     * @return the second half of the address
     */
    public long low(int failure) {
        return failureLow[Objects.checkIndex(failure, failures)];
    }

    /**
     * Tells when a failure happened.
     *
     * @param failure 0 to {@link #failures()} - 1
     * @return microseconds since 1970, or {@link #NO_TIME} if its line does not say
     */
    public long micros(int failure) {
        return failureMicros[Objects.checkIndex(failure, failures)];
    }

    private void grow() {
        int capacity = failureLine.length * 2;
        failureLine = Arrays.copyOf(failureLine, capacity);
        failurePattern = Arrays.copyOf(failurePattern, capacity);
        failureHigh = Arrays.copyOf(failureHigh, capacity);
        failureLow = Arrays.copyOf(failureLow, capacity);
        failureMicros = Arrays.copyOf(failureMicros, capacity);
    }
}
