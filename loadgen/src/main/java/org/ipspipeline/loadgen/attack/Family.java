package org.ipspipeline.loadgen.attack;

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

    /** {@return whether IPv4 belongs to it} */
    public boolean hasIpv4() {
        return this != IPV6;
    }

    /** {@return whether IPv6 belongs to it} */
    public boolean hasIpv6() {
        return this != IPV4;
    }

    /** {@return the word that the command line knows it by} */
    @Override
    public String toString() {
        return word;
    }
}
