package org.ipspipeline.ips.configuration;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of time as fail2ban's users write it: {@code 600}, {@code 10m}, {@code 1d 12h}, {@code 1h+30min}, {@code 2*1week},
 * {@code -1}. A number without a unit is seconds; parts that stand side by side are added; a month is the twelfth part of a
 * year, and a year 365.25 days.
 */
public final class TimeExpression {

    private static final long DAY = 24 * 60 * 60;
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d*)?|\\.\\d+");
    private static final Pattern UNIT = Pattern.compile("\\s*([A-Za-z]+)");

    private final String text;
    private int at;

    private TimeExpression(String text) {
        this.text = text;
    }

    /**
     * Reads a span of time.
     *
     * @return seconds
     * @throws IllegalArgumentException whose message says what is wrong with the text
     */
    public static double seconds(String text) {
        TimeExpression expression = new TimeExpression(text.strip());
        double sum = expression.sum();
        if (expression.at < expression.text.length()) {
            throw expression.unexpected();
        }
        return sum;
    }

    private double sum() {
        double sum = product();
        for (char next = peek(); next != 0 && next != ')'; next = peek()) {
            if (next == '+') {
                at++;
                sum += product();
            } else if (next == '-') {
                at++;
                sum -= product();
            } else {
                sum += product();
            }
        }
        return sum;
    }

    private double product() {
        double product = value();
        for (char next = peek(); next == '*' || next == '/'; next = peek()) {
            at++;
            double factor = value();
            product = next == '*' ? product * factor : product / factor;
        }
        return product;
    }

    private double value() {
        char next = peek();
        if (next == '-' || next == '+') {
            at++;
            return next == '-' ? -value() : value();
        }
        if (next == '(') {
            at++;
            double inner = sum();
            if (peek() != ')') {
                throw unexpected();
            }
            at++;
            return inner;
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw unexpected();
        }
        at = number.end();
        double value = Double.parseDouble(number.group());
        Matcher unit = UNIT.matcher(text).region(at, text.length());
        if (unit.lookingAt()) {
            double factor = secondsOf(unit.group(1).toLowerCase(Locale.ROOT));
            at = unit.end();
            return value * factor;
        }
        return value;
    }

    private double secondsOf(String unit) {
        return switch (unit) {
            case "s", "ss", "se", "sec", "second", "seconds" -> 1;
            case "m", "mm", "mi", "min", "minute", "minutes" -> 60;
            case "h", "hh", "ho", "hou", "hour", "hours" -> 60 * 60;
            case "d", "dd", "da", "day", "days" -> DAY;
            case "w", "ww", "we", "wee", "week", "weeks" -> 7 * DAY;
            case "mo", "mon", "month", "months" -> 365.25 * DAY / 12;
            case "y", "yy", "ye", "yea", "year", "years" -> 365.25 * DAY;
            default -> throw unexpected();
        };
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException unexpected() {
        String rest = text.substring(Math.min(at, text.length())).strip();
        return new IllegalArgumentException("'" + text + "' is no span of time"
                + (rest.isEmpty() ? "" : " (at '" + rest + "')") + "; write for example 600, 10m or 1d 12h");
    }
}
