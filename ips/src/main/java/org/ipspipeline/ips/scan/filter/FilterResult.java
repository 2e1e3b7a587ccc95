package org.ipspipeline.ips.scan.filter;

import java.util.List;

/**
 * What a filter found in files.
 *
 * @param filter its name
 * @param place where it was read from
 * @param lines lines read
 * @param bytes of these lines, line ends included
 * @param matches lines that are failures
 * @param ignored lines that would be, were it not for an ignoreregex
 * @param dated lines with a date
 * @param undated lines without one
 * @param exceeded lines that were given up because the expressions took too many steps
 * @param hostNames failures whose place of an address holds the name of a host
 * @param addresses different identities: addresses, names of hosts, other texts
 * @param isComplete whether these are all of them; there is an end to what is remembered
 * @param top those found most often, the first one most
 * @param failregexes all failregexes with their matches
 * @param ignoreregexes all ignoreregexes with theirs
 * @param missedLines the first of the lines that nothing matched
 * @param seconds spent on reading and judging
 */
public record FilterResult(
        String filter,
        String place,
        long lines,
        long bytes,
        long matches,
        long ignored,
        long dated,
        long undated,
        long exceeded,
        long hostNames,
        long addresses,
        boolean isComplete,
        List<Identity> top,
        List<Hits> failregexes,
        List<Hits> ignoreregexes,
        List<String> missedLines,
        double seconds) {

    /**
     * Whose failures were found.
     *
     * @param address an address, the name of a host, or another text
     * @param matches how many
     */
    public record Identity(String address, long matches) {}

    /**
     * How often an expression matched.
     *
     * @param number its number in the filter, from 1
     * @param regex the expression
     * @param hits lines
     */
    public record Hits(int number, String regex, long hits) {}

    /** {@return lines that are neither failures nor ignored} */
    public long missed() {
        return lines - matches - ignored;
    }

    /** {@return lines a second} */
    public double linesPerSecond() {
        return seconds == 0 ? 0 : lines / seconds;
    }
}
