package org.ipspipeline.loadgen.attack;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which addresses clients have. */
public enum Family {
    /** IPv4 alone. */
    IPV4("4"),
    /** IPv6 alone. */
    IPV6("6"),
    /** Half of the clients each. */
    BOTH("both");

    private final String word;

    Family(String word) {
        this.word = word;
    }

    /**
     * {@return how many of a number of clients have an IPv4 address; the others have an IPv6 address}
     *
     * @param clients in all
     */
    public int ofIpv4(int clients) {
        return switch (this) {
            case IPV4 -> clients;
            case IPV6 -> 0;
            case BOTH -> (clients + 1) / 2;
        };
    }

    /**
     * {@return the family of clients that attack these targets}
     *
     * @param ipv4 whether one of them has an IPv4 address
     * @param ipv6 whether one of them has an IPv6 address
     */
    static Family of(boolean ipv4, boolean ipv6) {
        return ipv4 && ipv6 ? BOTH : ipv6 ? IPV6 : IPV4;
    }

    /** {@return the word that the command line knows it by} */
    @Override
    public String toString() {
        return word;
    }

    /** Reads a family's word. */
    public static final class Converter implements ITypeConverter<Family> {
        @Override
        public Family convert(String value) {
            for (Family family : values()) {
                if (family.word.equals(value)) {
                    return family;
                }
            }
            throw new TypeConversionException("'" + value + "' is no family; give 4, 6 or both");
        }
    }
}
