package org.ipspipeline.ips.filter.date;

import java.util.List;

/** The dates that are understood where a filter names no pattern: those that fail2ban understands, tried in its order. */
final class DefaultDatePatterns {

    private static final String CLOCK = "%H:%M:%S";
    private static final String BLANK_CLOCK = "%k:%M:%S";
    private static final String SUBSECOND = "(?:\\.%f)?";

    /** Each example is one date that the pattern below it is for. */
    static final List<String> ALL = List.of(
            // 2026-11-24T09:08:07.123+01:00, 2026/11/24 09:08:07
            "%ExY(?P<_sep>[-/.])%m(?P=_sep)%d(?:T|  ?)" + CLOCK + "(?:[.,]%f)?(?:\\s*%z)?",
            // Tue Nov 24 09:08:07.123 2026, Nov  4 09:08:07
            monthName("") + " " + BLANK_CLOCK + SUBSECOND + "(?: %ExY)?",
            // Tue Nov 24 2026 09:08:07
            monthName("") + " %ExY " + BLANK_CLOCK + SUBSECOND,
            // 24/11/2026 09:08:07, 24-11-26 09:08:07
            "%d(?P<_sep>[-/])%m(?P=_sep)(?:%ExY|%Exy) " + BLANK_CLOCK,
            // 24/Nov/2026:09:08:07 +0100, 24-Nov-2026 09:08:07.123
            "%d(?P<_sep>[-/])%b(?P=_sep)%ExY[ :]?" + CLOCK + SUBSECOND + "(?: %z)?",
            // 11/24/2026:09:08:07
            "%m/%d/%ExY:" + CLOCK,
            // 11-24-2026 09:08:07.123
            "%m-%d-%ExY " + BLANK_CLOCK + SUBSECOND,
            "EPOCH",
            // 09:08:07
            "{^LN-BEG}" + CLOCK,
            // <11/24/26@09:08:07>
            "^<%m/%d/%Exy@" + CLOCK + ">",
            // 261124  9:08:07
            "%Exy%Exm%Exd  ?" + CLOCK,
            // Nov 24, 2026 9:08:07 AM
            "%b %d, %ExY %I:%M:%S %p",
            // Nov-24-26 09:08:07
            "^%b-%d-%Exy " + BLANK_CLOCK,
            // 20261124T090807, 20261124 090807, 20261124-09:08:07
            "%ExY%Exm%Exd(?:-|T|  ?)%ExH:?%ExM:?%ExS(?:[.,]%f)?(?:\\s*%z)?",
            // CET Nov 24 09:08:07
            monthName("(?:%Z )?") + " " + BLANK_CLOCK + SUBSECOND + "(?: %ExY)?",
            // +01:00 Nov 24 09:08:07.123 2026
            monthName("(?:%z )?") + " " + BLANK_CLOCK + SUBSECOND + "(?: %ExY)?",
            "TAI64N");

    private DefaultDatePatterns() {}

    private static String monthName(String zone) {
        return zone + "(?:%a )?%b %d";
    }
}
