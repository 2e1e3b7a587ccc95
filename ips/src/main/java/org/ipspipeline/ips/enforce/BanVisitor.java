package org.ipspipeline.ips.enforce;

/** Is shown the bans that an enforcer holds. */
@FunctionalInterface
public interface BanVisitor {

    /**
     * Sees one ban.
     *
     * @param portSet what it is for, as in {@link BanBatch#portSet}
     * @param high the prefix's upper half
     * @param low the prefix's lower half
     * @param prefixLength of the 128 bits of an IPv6 address, IPv4 being mapped
     * @param untilNanos when it ends on the clock of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for never
     * @param dropped packets it has dropped, as far as the enforcer knows; 0 if it does not
     */
    void ban(int portSet, long high, long low, int prefixLength, long untilNanos, long dropped);
}
