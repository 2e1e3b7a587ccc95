package org.ipspipeline.ips.enforce;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Some ports of TCP, UDP, or both, in order and without gaps that could be closed: sets of the same ports are equal.
 *
 * @param tcp whether those of TCP are meant
 * @param udp whether those of UDP are meant
 * @param ranges which ones
 */
public record Ports(boolean tcp, boolean udp, List<Range> ranges) {

    /** The highest port. */
    public static final int LAST = 0xFFFF;

    /**
     * Ports that follow each other.
     *
     * @param first 0 to {@link #LAST}
     * @param last not below the first
     */
    public record Range(int first, int last) {

        /** Checks the range. */
        public Range {
            if (first < 0 || last < first || last > LAST) {
                throw new IllegalArgumentException(
                        "ports go from 0 to " + LAST + ", and " + first + ":" + last + " does not");
            }
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** Puts the ranges in order, and joins those that touch. */
    public Ports {
        if ((!tcp && !udp) || ranges.isEmpty()) {
            throw new IllegalArgumentException("there is no port among them");
        }
        ranges = joined(ranges);
    }

    private static List<Range> joined(Collection<Range> ranges) {
        List<Range> joined = new ArrayList<>();
        for (Range range :
                ranges.stream().sorted(Comparator.comparingInt(Range::first)).toList()) {
            Range before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (before != null && range.first <= before.last + 1) {
                joined.set(joined.size() - 1, new Range(before.first, Math.max(before.last, range.last)));
            } else {
                joined.add(range);
            }
        }
        return List.copyOf(joined);
    }

    /**
     * {@return the protocols, as people say them}
     */
    public String protocol() {
        return tcp && udp ? "tcp and udp" : tcp ? "tcp" : "udp";
    }

    /**
     * {@return such as {@code tcp 22,8000-8010}}
     */
    @Override
    public String toString() {
        return protocol() + " " + list();
    }

    /**
     * {@return the ports alone, such as {@code 22,8000-8010}}
     */
    public String list() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
