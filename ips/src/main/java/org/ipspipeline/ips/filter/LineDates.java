package org.ipspipeline.ips.filter;

import java.time.InstantSource;
import org.ipspipeline.ips.filter.date.DateDetector;
import org.ipspipeline.ips.filter.date.DetectedDate;
import org.ipspipeline.ips.filter.regex.Text;

/**
 * The time of each line of a log, and which part of the line is its date. A line without a date has that of the last line
 * that had one, if that is no older than a minute. For one thread.
 */
public final class LineDates {

    private static final long RECENT_MICROS = 60_000_000;

    private final DateDetector detector;
    private final InstantSource clock;
    private long lastMicros = Failure.NO_TIME;
    private long micros = Failure.NO_TIME;
    private int cutFrom;
    private int cutTo;
    private long dated;
    private long undated;

    LineDates(DateDetector detector, InstantSource clock) {
        this.detector = detector;
        this.clock = clock;
    }

    /** How many lines had a date. */
    public long dated() {
        return dated;
    }

    /** How many lines had none. */
    public long undated() {
        return undated;
    }

    /** The last line's time in microseconds since 1970, or {@link Failure#NO_TIME}. */
    public long micros() {
        return micros;
    }

    /** The index of the first character of the date. */
    int cutFrom() {
        return cutFrom;
    }

    /** The index after the last character of the date; that of the first if there is none. */
    int cutTo() {
        return cutTo;
    }

    /** Takes over the time of a line whose text has none. */
    void setKnown(long knownMicros) {
        micros = knownMicros;
        lastMicros = knownMicros;
        cutFrom = 0;
        cutTo = 0;
        dated++;
    }

    /** Finds the date of a line. */
    void detect(Text line) {
        DetectedDate date = detector.detect(line);
        cutFrom = date.from();
        cutTo = date.to();
        if (date.isMoment()) {
            dated++;
            micros = date.micros();
            lastMicros = micros;
            return;
        }
        undated++;
        boolean recent = lastMicros != Failure.NO_TIME && lastMicros > clock.millis() * 1000 - RECENT_MICROS;
        if (recent) {
            // As in fail2ban, what only looks like a date is then part of the message.
            cutFrom = 0;
            cutTo = 0;
            micros = lastMicros;
        } else {
            micros = date.isFound() && cutFrom == cutTo ? clock.millis() * 1000 : Failure.NO_TIME;
        }
    }

    /** The line in the parts that the date divides it into. */
    LogLine split(Text line) {
        return new LogLine(
                line.substring(0, cutFrom), line.substring(cutFrom, cutTo), line.substring(cutTo, line.length()));
    }
}
