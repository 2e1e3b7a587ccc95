package org.ipspipeline.ips.filter.regex;

import java.util.regex.Pattern;

/** The flags of a Python expression, in force at a place of it. */
record RegexFlags(boolean ignoreCase, boolean multiline, boolean dotAll, boolean verbose, boolean ascii) {

    static final RegexFlags NONE = new RegexFlags(false, false, false, false, false);

    /** Whether a letter is a flag; those for locales and Unicode change nothing here. */
    static boolean isKnown(char flag) {
        return "imsxauL".indexOf(flag) >= 0;
    }

    RegexFlags with(char flag, boolean on) {
        return switch (flag) {
            case 'i' -> new RegexFlags(on, multiline, dotAll, verbose, ascii);
            case 'm' -> new RegexFlags(ignoreCase, on, dotAll, verbose, ascii);
            case 's' -> new RegexFlags(ignoreCase, multiline, on, verbose, ascii);
            case 'x' -> new RegexFlags(ignoreCase, multiline, dotAll, on, ascii);
            case 'a' -> new RegexFlags(ignoreCase, multiline, dotAll, verbose, on);
            default -> this;
        };
    }

    RegexFlags or(RegexFlags other) {
        return new RegexFlags(
                ignoreCase || other.ignoreCase,
                multiline || other.multiline,
                dotAll || other.dotAll,
                verbose || other.verbose,
                ascii || other.ascii);
    }

    /** What to compile the translation with: all but the case is in its text. */
    int javaFlags(boolean unicode) {
        int flags = Pattern.UNIX_LINES;
        if (ignoreCase) {
            flags |= Pattern.CASE_INSENSITIVE | (unicode && !ascii ? Pattern.UNICODE_CASE : 0);
        }
        return flags;
    }

    /** How a group begins that changes flags from others to these. */
    String javaChange(RegexFlags outside, boolean unicode) {
        if (ignoreCase == outside.ignoreCase) {
            return "(?:";
        }
        String letters = unicode && !ascii ? "iu" : "i";
        return ignoreCase ? "(?" + letters + ":" : "(?-" + letters + ":";
    }
}
