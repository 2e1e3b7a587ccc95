package org.ipspipeline.ips.address;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * An immutable set of prefixes that tells for any address whether one of them contains it: overlapping prefixes are merged
 * into disjoint ranges, and a range is found by binary search, without allocation. Any thread may ask.
 */
public final class AddressRanges {

    private static final Comparator<AddressPrefix> BY_FIRST_ADDRESS =
            (a, b) -> compare(a.high(), a.low(), b.high(), b.low());

    /** Contains no address. */
    public static final AddressRanges EMPTY = of(List.of());

    private final long[] firstHigh;
    private final long[] firstLow;
    private final long[] lastHigh;
    private final long[] lastLow;

    private AddressRanges(AddressPrefix[] sorted) {
        long[] fromHigh = new long[sorted.length];
        long[] fromLow = new long[sorted.length];
        long[] toHigh = new long[sorted.length];
        long[] toLow = new long[sorted.length];
        int count = 0;
        for (AddressPrefix prefix : sorted) {
            // Two prefixes are nested or disjoint, so that a range never has to grow.
            boolean nested = count > 0
                    && compare(prefix.high(), prefix.low(), toHigh[count - 1], toLow[count - 1]) <= 0
                    && compare(prefix.lastHigh(), prefix.lastLow(), toHigh[count - 1], toLow[count - 1]) <= 0;
            if (!nested) {
                fromHigh[count] = prefix.high();
                fromLow[count] = prefix.low();
                toHigh[count] = prefix.lastHigh();
                toLow[count] = prefix.lastLow();
                count++;
            }
        }
        firstHigh = Arrays.copyOf(fromHigh, count);
        firstLow = Arrays.copyOf(fromLow, count);
        lastHigh = Arrays.copyOf(toHigh, count);
        lastLow = Arrays.copyOf(toLow, count);
    }

    /**
     * {@return the set of all their addresses}
     *
     * @param prefixes in any order, also overlapping
     */
    public static AddressRanges of(Collection<AddressPrefix> prefixes) {
        AddressPrefix[] sorted = prefixes.toArray(new AddressPrefix[0]);
        // The wider prefix first where two begin alike.
        Arrays.sort(sorted, BY_FIRST_ADDRESS.thenComparingInt(AddressPrefix::length));
        return new AddressRanges(sorted);
    }

    /**
     * {@return whether one of the prefixes contains the address}
     *
     * @param high an address's first half
     * @param low its second half
     */
    public boolean contains(long high, long low) {
        return overlaps(high, low, high, low);
    }

    /**
     * {@return whether one of the prefixes has an address in common with another prefix}
     *
     * @param prefix the other one
     */
    public boolean overlaps(AddressPrefix prefix) {
        return overlaps(prefix.high(), prefix.low(), prefix.lastHigh(), prefix.lastLow());
    }

    private boolean overlaps(long fromHigh, long fromLow, long toHigh, long toLow) {
        int from = 0;
        int to = firstHigh.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            if (compare(toHigh, toLow, firstHigh[middle], firstLow[middle]) < 0) {
                to = middle - 1;
            } else if (compare(fromHigh, fromLow, lastHigh[middle], lastLow[middle]) > 0) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return whether the set contains no address}
     */
    public boolean isEmpty() {
        return firstHigh.length == 0;
    }

    private static int compare(long highA, long lowA, long highB, long lowB) {
        int byHigh = Long.compareUnsigned(highA, highB);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(lowA, lowB);
    }
}
