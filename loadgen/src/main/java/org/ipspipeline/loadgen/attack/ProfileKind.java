package org.ipspipeline.loadgen.attack;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.ipspipeline.ips.command.DurationConverter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A profile as it stands on the command line: {@code constant}, {@code ramp:10s}, {@code burst:1s}, {@code on-off:5s,5s}.
 *
 * @param shape how the rate goes up and down
 * @param times that the shape asks for
 */
record ProfileKind(Shape shape, List<Duration> times) {

    /** How a rate goes up and down. */
    enum Shape {
        /** Not at all. */
        CONSTANT("constant", 0),
        /** Up from nothing during a time. */
        RAMP("ramp", 1),
        /** A burst in each period. */
        BURST("burst", 1),
        /** On for a time, off for a time. */
        ON_OFF("on-off", 2);

        private final String word;
        private final int times;

        Shape(String word, int times) {
            this.word = word;
            this.times = times;
        }
    }

    /**
     * {@return the profile at a rate}
     *
     * @param pps packets a second: while it is on, on average, or in the end
     */
    RateProfile at(double pps) {
        return switch (shape) {
            case CONSTANT -> RateProfile.constant(pps);
            case RAMP -> RateProfile.ramp(pps, times.get(0));
            case BURST -> RateProfile.burst(pps, times.get(0));
            case ON_OFF -> RateProfile.onOff(pps, times.get(0), times.get(1));
        };
    }

    boolean isConstant() {
        return shape == Shape.CONSTANT;
    }

    /** Reads a profile. */
    static final class Converter implements ITypeConverter<ProfileKind> {

        private static final DurationConverter DURATION = new DurationConverter();

        @Override
        public ProfileKind convert(String value) {
            int colon = value.indexOf(':');
            String word = colon < 0 ? value : value.substring(0, colon);
            List<Duration> times = colon < 0
                    ? List.of()
                    : Arrays.stream(value.substring(colon + 1).split(",", -1))
                            .map(DURATION::convert)
                            .toList();
            for (Shape shape : Shape.values()) {
                if (shape.word.equals(word)
                        && shape.times == times.size()
                        && times.stream().noneMatch(Duration::isZero)) {
                    return new ProfileKind(shape, times);
                }
            }
            throw new TypeConversionException(
                    "'" + value + "' is no profile; write constant, ramp:10s, burst:1s or on-off:5s,5s");
        }
    }
}
