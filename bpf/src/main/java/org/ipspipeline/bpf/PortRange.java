package org.ipspipeline.bpf;

/**
 * Ports that follow each other.
 *
 * @param tcp whether those of TCP are meant
 * @param udp whether those of UDP are meant
 * @param first 0 to 65535
 * @param last not below the first, up to 65535
 */
public record PortRange(boolean tcp, boolean udp, int first, int last) {

    static final int PORTS = 1 << 16;

    /** Checks the range. */
    public PortRange {
        if (first < 0 || last < first || last >= PORTS) {
            throw new IllegalArgumentException("ports " + first + " to " + last + " are not within 0 to 65535");
        }
    }
}
