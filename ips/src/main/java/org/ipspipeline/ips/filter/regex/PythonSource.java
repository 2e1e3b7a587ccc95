package org.ipspipeline.ips.filter.regex;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of an expression with the place that has been read up to. */
final class PythonSource {

    private static final Pattern BOUNDS = Pattern.compile("\\{(\\d*)(,?)(\\d*)}");

    private final String text;
    private int at;

    PythonSource(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean at(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    char peek() {
        return text.charAt(at);
    }

    char next() {
        if (atEnd()) {
            throw problem("unexpected end");
        }
        return text.charAt(at++);
    }

    int nextCodePoint() {
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        return character;
    }

    boolean take(char c) {
        return take(String.valueOf(c));
    }

    boolean take(String wanted) {
        if (text.startsWith(wanted, at)) {
            at += wanted.length();
            return true;
        }
        return false;
    }

    /** Takes the text up to a character and that character too. */
    String until(char end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw problem("missing '" + end + "'");
        }
        String taken = text.substring(at, found);
        at = found + 1;
        return taken;
    }

    /** Takes up to a number of hexadecimal or octal digits. */
    String digits(int radix, int most) {
        int start = at;
        while (at < text.length() && at - start < most && Character.digit(text.charAt(at), radix) >= 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Takes a decimal number of at most two digits, as back-references have. */
    int number() {
        return Integer.parseInt(digits(10, 2));
    }

    /** Whether three octal digits stand here: a character, not a back-reference. */
    boolean isOctalEscape() {
        return at + 3 <= text.length()
                && text.substring(at, at + 3).chars().allMatch(c -> c >= '0' && c <= '7')
                && text.charAt(at) <= '3';
    }

    /** Takes the bounds of a repetition, in Java's syntax; null if none stands here. A brace that is none is a literal. */
    @Nullable
    String quantifier() {
        if (at('*') || at('+') || at('?')) {
            return String.valueOf(next());
        }
        Matcher bounds = BOUNDS.matcher(text).region(at, text.length());
        if (!at('{') || !bounds.lookingAt() || bounds.end() == at + 2) {
            return null;
        }
        at = bounds.end();
        String min = bounds.group(1).isEmpty() ? "0" : bounds.group(1);
        return "{" + min + bounds.group(2) + bounds.group(3) + "}";
    }

    /** Skips white space and comments of a verbose expression; returns whether there were any. */
    boolean skipVerbose() {
        int start = at;
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '#')) {
            if (text.charAt(at) == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
            } else {
                at++;
            }
        }
        return at > start;
    }

    /** What has been read so far. */
    String consumed() {
        return text.substring(0, at);
    }

    RegexSyntaxException problem(String what) {
        return new RegexSyntaxException(what + " at position " + at + " of '" + text + "'");
    }
}
