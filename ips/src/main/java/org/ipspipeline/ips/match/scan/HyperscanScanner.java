package org.ipspipeline.ips.match.scan;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scans with Hyperscan, always a little further than asked: 5.4.11 misses literals that end within the last 32 bytes of a block of up
 * to some 300, at some alignments (decision 0010). What lies behind the range is scanned too and what is found there is dropped; a range
 * without enough bytes behind it is copied to where there are.
 */
abstract class HyperscanScanner implements HitScanner {

    /** Bytes scanned behind the range: twice as far from the end as a miss was ever seen. */
    static final int PADDING = 64;

    private @Nullable ByteBuffer copy;

    @Override
    public final boolean scan(ByteBuffer bytes, int from, int to, Hits hits) {
        Objects.checkFromToIndex(from, to, bytes.capacity());
        int first = hits.count();
        hits.startAt(from);
        boolean complete = bytes.capacity() - to >= PADDING
                ? call(bytes, from, to - from + PADDING, hits)
                : call(copy(bytes, from, to - from), 0, to - from + PADDING, hits);
        // Hits come in the order of their ends: when one lies behind the range, all within it are known.
        return hits.dropAfter(first, to) || complete;
    }

    /** Calls {@code hs_scan}; returns whether it went through to the end. */
    abstract boolean call(ByteBuffer bytes, int from, int length, Hits hits);

    private ByteBuffer copy(ByteBuffer bytes, int from, int length) {
        ByteBuffer target = copy;
        if (target == null || target.capacity() - PADDING < length) {
            target = ByteBuffer.allocateDirect(Math.addExact(Math.max(length, 2 * PADDING), PADDING));
            copy = target;
        }
        return target.put(0, bytes, from, length);
    }
}
