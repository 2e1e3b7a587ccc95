package org.ipspipeline.ips.filter;

import org.jspecify.annotations.Nullable;

/**
 * A failure that an evaluator has just found. One object of an evaluator is used again for each of them, and tells of the last line
 * only: what is wanted longer is to be copied, or asked for by {@link #failure()}, which allocates. For one thread.
 */
public final class Finding {

    private final FilterEvaluator evaluator;
    private int regex;
    private boolean hasAddress;
    private long high;
    private long low;
    private long timeMicros;
    private @Nullable Failure failure;

    Finding(FilterEvaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** A failure that is known in full. */
    void set(Failure full, boolean addressed, long addressHigh, long addressLow) {
        set(full.regex(), addressed, addressHigh, addressLow, full.timeMicros());
        failure = full;
    }

    /** A failure whose particulars are gathered when somebody asks for them. */
    void set(int index, boolean addressed, long addressHigh, long addressLow, long micros) {
        regex = index;
        hasAddress = addressed;
        high = addressHigh;
        low = addressLow;
        timeMicros = micros;
        failure = null;
    }

    /** {@return the index of the failregex that matched} */
    public int regex() {
        return regex;
    }

    /** {@return whether it is an address's; if not, {@link Failure#identity()} tells whose} */
    public boolean hasAddress() {
        return hasAddress;
    }

    /** {@return the first half of the address} */
    public long high() {
        return high;
    }

    /** {@return the second half of the address} */
    public long low() {
        return low;
    }

    /** {@return when, in microseconds since 1970; {@link Failure#NO_TIME} if the line has no date} */
    public long timeMicros() {
        return timeMicros;
    }

    /** {@return the failure with all that the line tells; gathered at the first call} */
    public Failure failure() {
        Failure full = failure;
        if (full == null) {
            full = evaluator.gather(regex);
            failure = full;
        }
        return full;
    }
}
