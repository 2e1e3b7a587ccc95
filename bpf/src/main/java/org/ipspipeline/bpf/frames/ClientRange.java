package org.ipspipeline.bpf.frames;

/**
 * The source addresses that frames get: client {@code i} has the address {@code first + i * step}, where the halves of an
 * address are added apart, without carry from the lower to the upper.
 *
 * @param high upper half of the first address; IPv4 addresses are IPv4-mapped
 * @param low lower half of the first address
 * @param stepHigh from one client's upper half to the next, such as 1 for clients in a /64 network each
 * @param stepLow from one client's lower half to the next
 * @param count how many clients, at least 1
 * @param order who comes next
 */
public record ClientRange(long high, long low, long stepHigh, long stepLow, int count, Order order) {

    /** Who sends next. */
    public enum Order {
        /** One after the other, and from the first again after the last. */
        SEQUENTIAL,
        /** Any of them. */
        RANDOM
    }

    /** Checks the count. */
    public ClientRange {
        if (count < 1) {
            throw new IllegalArgumentException("a range of " + count + " clients is empty");
        }
    }

    /**
     * Consecutive addresses, one after the other.
     *
     * @param high upper half of the first address
     * @param low lower half of the first address
     * @param count how many clients
     * @return the range
     */
    public static ClientRange consecutive(long high, long low, int count) {
        return new ClientRange(high, low, 0, 1, count, Order.SEQUENTIAL);
    }

    /**
     * The same in another order.
     *
     * @param changed who comes next
     * @return the range
     */
    public ClientRange withOrder(Order changed) {
        return new ClientRange(high, low, stepHigh, stepLow, count, changed);
    }
}
