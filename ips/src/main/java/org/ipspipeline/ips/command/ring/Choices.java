package org.ipspipeline.ips.command.ring;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ipspipeline.ipc.Backing;
import org.ipspipeline.ipc.RingAccess;
import org.ipspipeline.ipc.SegmentRange;
import org.ipspipeline.ipc.StuckReader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of this package's options are written. */
final class Choices {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMG]?)");
    private static final Pattern SEGMENTS = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

    private Choices() {}

    /** The name of a value as it is written and shown: {@code HUGE_PAGES} is {@code huge-pages}. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E parse(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> name(value).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Choices::name)
                                .collect(Collectors.joining(", "))));
    }

    /** {@code file}, {@code huge-pages} and so on. */
    static final class OfBacking implements ITypeConverter<Backing> {
        @Override
        public Backing convert(String value) {
            return parse(Backing.class, value);
        }
    }

    /** {@code block}, {@code evict} or {@code overwrite}. */
    static final class OfStuckReader implements ITypeConverter<StuckReader> {
        @Override
        public StuckReader convert(String value) {
            return parse(StuckReader.class, value);
        }
    }

    /** {@code wait}, {@code drop} or {@code fail}. */
    static final class OfWhenFull implements ITypeConverter<WhenFull> {
        @Override
        public WhenFull convert(String value) {
            return parse(WhenFull.class, value);
        }
    }

    /** The mode of the data as chmod(1) takes it. */
    static final class OfMode implements ITypeConverter<RingAccess> {
        @Override
        public RingAccess convert(String value) {
            return switch (value) {
                case "0600", "600" -> RingAccess.OWNER;
                case "0640", "640" -> RingAccess.GROUP_READS;
                case "0660", "660" -> RingAccess.GROUP_WRITES;
                default ->
                    throw new TypeConversionException("'" + value
                            + "' is none of 0600 (the owner alone), 0640 (the group reads), 0660 (the group writes)");
            };
        }
    }

    /** A number with K, M or G for powers of 1024. */
    static final class OfSize implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            Matcher matcher = SIZE.matcher(value.toUpperCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + value + "' is no size; write it like 65536, 64K, 16M or 1G");
            }
            int shift = switch (matcher.group(2)) {
                case "K" -> 10;
                case "M" -> 20;
                case "G" -> 30;
                default -> 0;
            };
            return Long.parseLong(matcher.group(1)) << shift;
        }
    }

    /** A segment, or a range with both ends in it. */
    static final class OfSegments implements ITypeConverter<SegmentRange> {
        @Override
        public SegmentRange convert(String value) {
            Matcher matcher = SEGMENTS.matcher(value);
            int lower = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
            int last = lower >= 0 && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : lower;
            if (lower < 0 || last < lower) {
                throw new TypeConversionException(
                        "'" + value + "' names no segments; write a number such as 3, or a range such as 0-3");
            }
            return new SegmentRange(lower, last + 1);
        }
    }
}
