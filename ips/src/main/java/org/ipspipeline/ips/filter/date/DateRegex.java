package org.ipspipeline.ips.filter.date;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts what a date pattern says into a searchable expression: the whole becomes the first group unless the pattern has one
 * of its own, and unless the pattern says otherwise ({@code ^}, {@code $}, {@code **}) the date must stand as a word of its
 * own.
 *
 * @param regex the expression
 * @param lineBegin whether it matches at the beginning of a line only
 * @param lineEnd whether it matches at the end of a line only
 */
record DateRegex(String regex, boolean lineBegin, boolean lineEnd) {

    /** What may stand before a date. */
    enum Before {
        /** Whatever the pattern says. */
        ANYTHING,
        /** The edge of a word. */
        WORD_EDGE,
        /** The beginning of the line, after at most two characters that belong to no word. */
        LINE_BEGIN
    }

    private static final Pattern GLOBAL_FLAGS = Pattern.compile("\\(\\?[a-z]+\\)");
    private static final Pattern OWN_GROUP = Pattern.compile("(?<!\\(\\?)(?<!\\\\)\\((?!\\?)");
    private static final Pattern WHOLE = Pattern.compile("(\\^?)(.*?)(\\$?)", Pattern.DOTALL);
    private static final Pattern OWN_BEGINNING =
            Pattern.compile("\\(*(?:\\(\\?\\w+\\))?(?:\\^|\\(*\\*\\*|\\((?:\\?:)?\\^)");
    private static final Pattern OWN_END = Pattern.compile("(?<!\\\\)(?:\\$\\)?|\\\\b|\\\\s|\\*\\*\\)*)$");
    private static final Pattern LINE_BEGIN = Pattern.compile("(?:\\^|\\((?:\\?:)?\\^(?!\\|))");
    private static final Pattern LINE_END = Pattern.compile("(?<![\\\\|])\\$\\)?$");
    private static final Pattern LEADING_STARS = Pattern.compile("^(\\(*)\\*\\*");
    private static final Pattern TRAILING_STARS = Pattern.compile("(?<!\\\\)\\*\\*(\\)*)$");

    /**
     * Makes the expression.
     *
     * @param pattern a date pattern without directives left
     * @param before what may stand before the date, if the pattern does not say
     * @param wordEnd whether a word must end after it, if the pattern does not say
     */
    static DateRegex of(String pattern, Before before, boolean wordEnd) {
        String regex = pattern.strip();
        String flags = "";
        Matcher global = GLOBAL_FLAGS.matcher(regex);
        if (global.find()) {
            flags = global.group();
            regex = global.replaceFirst("");
        }
        boolean boundBegin =
                before != Before.ANYTHING && !OWN_BEGINNING.matcher(regex).lookingAt();
        boolean boundEnd = wordEnd && !OWN_END.matcher(regex).find();
        if (!OWN_GROUP.matcher(regex).find()) {
            Matcher whole = WHOLE.matcher(regex);
            if (whole.matches()) {
                regex = whole.group(1) + "(" + whole.group(2) + ")" + whole.group(3);
            }
        }
        boolean lineBegin = boundBegin && before == Before.LINE_BEGIN;
        if (boundBegin) {
            regex = (lineBegin ? "^(?:\\W{0,2})?" : "(?=^|\\b|\\W)") + regex;
        }
        if (boundEnd) {
            regex += "(?=\\b|\\W|$)";
        }
        lineBegin |= LINE_BEGIN.matcher(regex).lookingAt();
        boolean lineEnd = LINE_END.matcher(regex).find();
        regex = LEADING_STARS.matcher(regex).replaceFirst("$1");
        regex = TRAILING_STARS.matcher(regex).replaceFirst("$1");
        return new DateRegex(flags + regex, lineBegin, lineEnd);
    }
}
