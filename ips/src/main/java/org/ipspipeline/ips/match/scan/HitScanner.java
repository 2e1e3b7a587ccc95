package org.ipspipeline.ips.match.scan;

import java.nio.ByteBuffer;

/** Looks for the literals or expressions that it was made for. An instance serves one thread. */
public interface HitScanner {

    /**
     * Scans a range; a hit lies wholly within it.
     *
     * @param bytes holds the range; a direct buffer, its position and limit are neither used nor moved
     * @param from the index of the first byte
     * @param to the index after the last byte
     * @param hits takes what is found, after what it holds
     * @return false where the hits became full: then what was found is complete up to the end of the last hit at least, but for other
     *     hits with the same end
     */
    boolean scan(ByteBuffer bytes, int from, int to, Hits hits);
}
