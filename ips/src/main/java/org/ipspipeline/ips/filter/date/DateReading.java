package org.ipspipeline.ips.filter.date;

import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.Text;

/** Reads the moment out of what a date template has found. */
interface DateReading {

    /**
     * Reads it.
     *
     * @param match the searcher, after it has found the date
     * @param text what it found it in
     * @param scratch for this method's use
     * @return microseconds since 1970, or {@link CalendarDate#INVALID}
     */
    long micros(Searcher match, Text text, Scratch scratch);

    /** What a thread needs to read dates. */
    record Scratch(DateContext context, int defaultOffset, CalendarDate date) {}
}
