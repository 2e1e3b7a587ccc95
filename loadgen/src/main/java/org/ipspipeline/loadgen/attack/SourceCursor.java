package org.ipspipeline.loadgen.attack;

/** Goes round a range of addresses for ever, without allocation. */
final class SourceCursor {

    private final long high;
    private final long firstLow;
    private final int count;
    private int place;

    SourceCursor(AddressRange range, int start) {
        high = range.first().high();
        firstLow = range.first().low();
        count = range.count();
        place = start % count;
    }

    long high() {
        return high;
    }

    /** The second half of the next address. */
    long nextLow() {
        long low = firstLow + place;
        if (++place == count) {
            place = 0;
        }
        return low;
    }

    /** Takes back the addresses that were not used in the end. */
    void back(int places) {
        place = Math.floorMod(place - places, count);
    }
}
