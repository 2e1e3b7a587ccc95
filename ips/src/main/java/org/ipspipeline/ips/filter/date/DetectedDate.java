package org.ipspipeline.ips.filter.date;

/** Where a date stands in a line and which moment it names. Reusable, for one thread. */
public final class DetectedDate {

    private int from;
    private int to;
    private long micros;
    private boolean found;

    void set(int newFrom, int newTo, long newMicros) {
        found = true;
        from = newFrom;
        to = newTo;
        micros = newMicros;
    }

    void setNone() {
        found = false;
        from = 0;
        to = 0;
        micros = CalendarDate.INVALID;
    }

    /** Whether the line has something that looks like a date, perhaps an empty one. */
    public boolean isFound() {
        return found;
    }

    /** Whether it is a moment. */
    public boolean isMoment() {
        return micros != CalendarDate.INVALID;
    }

    /** The index of its first character. */
    public int from() {
        return from;
    }

    /** The index after its last character. */
    public int to() {
        return to;
    }

    /** The moment, in microseconds since 1970; only to be asked for if {@link #isMoment()}. */
    public long micros() {
        return micros;
    }
}
