package org.ipspipeline.ips.filter.date;

import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.Text;

/** Reads a TAI64N label, {@code @} and 24 hexadecimal digits, as fail2ban does: leap seconds are left out of account. */
record Tai64nReading() implements DateReading {

    private static final int FIRST_DIGIT = 2;
    private static final int END_OF_SECONDS = 17;

    @Override
    public long micros(Searcher match, Text text, Scratch scratch) {
        int from = match.start(1);
        long seconds = 0;
        for (int i = from + FIRST_DIGIT; i < from + END_OF_SECONDS; i++) {
            seconds = seconds * 16 + Character.digit(text.at(i), 16);
        }
        return seconds * 1_000_000;
    }
}
