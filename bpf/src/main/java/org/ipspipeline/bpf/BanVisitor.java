package org.ipspipeline.bpf;

/** Sees bans that the kernel holds. */
@FunctionalInterface
public interface BanVisitor {

    /**
     * Sees one ban.
     *
     * @param portSet the port set that it is for, or {@link XdpFilter#EVERYTHING}
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength in the address's family
     * @param expiryNanos when it ends, on the clock of {@link System#nanoTime()}
     * @param dropped packets that it has dropped
     */
    void visit(int portSet, long high, long low, int prefixLength, long expiryNanos, long dropped);
}
