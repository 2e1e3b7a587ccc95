package org.ipspipeline.ips.filter.date;

import org.ipspipeline.ips.filter.regex.Searcher;
import org.ipspipeline.ips.filter.regex.Text;

/**
 * Reads seconds since 1970, with a fraction or without; the long form may also be milliseconds (13 digits, perhaps with a
 * fraction) or microseconds (16 digits).
 *
 * @param group the number of the group that holds the digits
 * @param longForm whether the long form is understood
 */
record EpochReading(int group, boolean longForm) implements DateReading {

    @Override
    public long micros(Searcher match, Text text, Scratch scratch) {
        int from = match.start(group);
        int to = match.end(group);
        if (from < 0) {
            return CalendarDate.INVALID;
        }
        int fractionDigits = -1;
        long value = 0;
        for (int i = from; i < to; i++) {
            if (text.at(i) == '.') {
                fractionDigits = 0;
            } else {
                value = value * 10 + Character.digit(text.at(i), 10);
                fractionDigits += fractionDigits < 0 ? 0 : 1;
            }
        }
        int length = to - from;
        int exponent = 6 - Math.max(fractionDigits, 0);
        if (longForm && length >= 13) {
            exponent -= length >= 16 && fractionDigits < 0 ? 6 : 3;
        }
        for (; exponent > 0; exponent--) {
            value *= 10;
        }
        for (; exponent < 0; exponent++) {
            value /= 10;
        }
        return value;
    }
}
