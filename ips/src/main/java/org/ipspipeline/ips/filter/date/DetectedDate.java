package org.ipspipeline.ips.filter.date;

/** Where a date stands in a line and which moment it names. Reusable, for one thread. */
public final class DetectedDate {

    private int from;
    private int to;
    private long micros;
    private boolean found;
    private String pattern = "";

    void set(String newPattern, int newFrom, int newTo, long newMicros) {
        found = true;
        pattern = newPattern;
        from = newFrom;
        to = newTo;
        micros = newMicros;
    }

    void setNone() {
        found = false;
        pattern = "";
        from = 0;
        to = 0;
        micros = CalendarDate.INVALID;
    }

    /** Whether the line has something that looks like a date, perhaps an empty one. */
    public boolean isFound() {
        return found;
    }

    /** The date pattern that it has, empty if there is none. */
    public String pattern() {
        return pattern;
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
