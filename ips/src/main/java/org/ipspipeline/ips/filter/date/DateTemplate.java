package org.ipspipeline.ips.filter.date;

import org.ipspipeline.ips.filter.regex.PythonRegex;

/**
 * One way to write a date: an expression whose first group is the date, and how to read it. May be shared by threads.
 *
 * @param name tells templates apart; where the same is given twice, the first counts
 * @param regex finds the date
 * @param reading reads it
 * @param lineBound whether it can only stand at the beginning or the end of a line
 * @param lineBegin whether it can only stand at the beginning
 * @param weight how much it is preferred to others
 */
record DateTemplate(
        String name, PythonRegex regex, DateReading reading, boolean lineBound, boolean lineBegin, double weight) {

    DateTemplate weighted(double newWeight) {
        return new DateTemplate(name, regex, reading, lineBound, lineBegin, newWeight);
    }
}
