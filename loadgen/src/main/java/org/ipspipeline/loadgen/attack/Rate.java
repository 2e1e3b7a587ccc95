package org.ipspipeline.loadgen.attack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Packets a second, or as many as possible.
 *
 * @param pps packets a second, infinite for as many as possible
 */
record Rate(double pps) {

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)([kM]?)");

    /** As many as possible. */
    static final Rate MAXIMUM = new Rate(Double.POSITIVE_INFINITY);

    boolean isMaximum() {
        return Double.isInfinite(pps);
    }

    boolean isZero() {
        return pps == 0;
    }

    /** {@return the number for a report, null for as many as possible} */
    @Nullable
    Double toJson() {
        return isMaximum() ? null : pps;
    }

    @Override
    public String toString() {
        return isMaximum() ? "maximum rate" : "%,.0f packets/s".formatted(pps);
    }

    /** Reads {@code 100000}, {@code 100k}, {@code 1.5M} and {@code max}. */
    static final class Converter implements ITypeConverter<Rate> {
        @Override
        public Rate convert(String value) {
            if (value.equals("max")) {
                return MAXIMUM;
            }
            Matcher matcher = NUMBER.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'" + value + "' is no rate; write it like 100000, 100k, 1.5M or max");
            }
            double factor = switch (matcher.group(2)) {
                case "k" -> 1e3;
                case "M" -> 1e6;
                default -> 1;
            };
            return new Rate(Double.parseDouble(matcher.group(1)) * factor);
        }
    }
}
