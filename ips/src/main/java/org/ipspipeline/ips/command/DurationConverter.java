package org.ipspipeline.ips.command;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line: a number with a unit, {@code 500ms 20s 10m 1.5h 7d}; without a unit they are seconds. */
public final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h|d)?");

    @Override
    public Duration convert(String value) {
        Matcher matcher = DURATION.matcher(value.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + value + "' is no duration; write it like 500ms, 20s, 10m, 1h or 7d");
        }
        double number = Double.parseDouble(matcher.group(1));
        return Duration.ofNanos(Math.round(number * nanos(Objects.requireNonNullElse(matcher.group(2), "s"))));
    }

    private static double nanos(String unit) {
        return switch (unit) {
            case "ms" -> 1e6;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            case "d" -> 86_400e9;
            default -> 1e9;
        };
    }
}
