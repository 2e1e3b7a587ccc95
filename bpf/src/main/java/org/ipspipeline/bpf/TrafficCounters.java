package org.ipspipeline.bpf;

import java.nio.ByteBuffer;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.NativeMemory;

/**
 * What the program has seen since it was attached, summed over the CPUs. The numbers of different families and CPUs are
 * read while packets come in, each exact, all of them close to the same moment.
 *
 * @param ipv4 packets of IPv4
 * @param ipv6 packets of IPv6
 * @param other frames of neither, as far as could be parsed
 */
public record TrafficCounters(Family ipv4, Family ipv6, Family other) {

    /**
     * Packets of one family.
     *
     * @param passed handed on to the network stack
     * @param dropped because their source is banned
     * @param malformed handed on without a look at their source, because they are cut short or no valid packets
     * @param allowed of the passed ones: banned, but on the allow list
     */
    public record Family(long passed, long dropped, long malformed, long allowed) {

        private static final int SIZE = 4 * Long.BYTES;

        private Family plus(ByteBuffer values, int at) {
            return new Family(
                    passed + values.getLong(at),
                    dropped + values.getLong(at + 8),
                    malformed + values.getLong(at + 16),
                    allowed + values.getLong(at + 24));
        }
    }

    /** {@code struct counters} of xdp_filter.c. */
    static final int SIZE = 3 * Family.SIZE;

    private static final Family NONE = new Family(0, 0, 0, 0);

    /**
     * Packets dropped, whatever their family.
     *
     * @return since the program was attached
     */
    public long dropped() {
        return ipv4.dropped + ipv6.dropped;
    }

    static TrafficCounters read(BpfMap counters) {
        NativeMemory key = new NativeMemory(Integer.BYTES);
        NativeMemory values = new NativeMemory(BpfMap.possibleCpus() * SIZE);
        counters.lookup(key, values);
        Family ipv4 = NONE;
        Family ipv6 = NONE;
        Family other = NONE;
        for (int at = 0; at < values.size(); at += SIZE) {
            ipv4 = ipv4.plus(values.bytes(), at);
            ipv6 = ipv6.plus(values.bytes(), at + Family.SIZE);
            other = other.plus(values.bytes(), at + 2 * Family.SIZE);
        }
        return new TrafficCounters(ipv4, ipv6, other);
    }
}
