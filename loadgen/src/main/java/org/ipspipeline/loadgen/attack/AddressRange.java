package org.ipspipeline.loadgen.attack;

import org.ipspipeline.loadgen.net.Address;

/**
 * Consecutive addresses.
 *
 * @param first of them
 * @param count how many, at least 1
 */
public record AddressRange(Address first, int count) {

    /** Checks that the range stays within the last 32 bits of its first address. */
    public AddressRange {
        if (count < 1) {
            throw new IllegalArgumentException("a range of " + count + " addresses");
        }
        first.plus(count - 1);
    }

    /** {@return the last address} */
    public Address last() {
        return first.plus(count - 1);
    }

    /**
     * {@return an address}
     *
     * @param i its place, 0 for the first
     */
    public Address get(int i) {
        return first.plus(i);
    }

    @Override
    public String toString() {
        return count == 1 ? first.toString() : first + "-" + last();
    }
}
