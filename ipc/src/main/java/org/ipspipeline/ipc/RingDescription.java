package org.ipspipeline.ipc;

import org.ipspipeline.ipc.layout.Geometry;

/**
 * What is constant about a ring, as its header tells.
 *
 * @param geometry its shape
 * @param id a random number that data and cursors share
 * @param overwrite whether writers overwrite instead of waiting
 * @param keep whether it stays when the last process leaves
 * @param stuckReader what writers do about a stuck reader
 * @param stuckTimeoutNanos and after how long
 * @param backing the kind of memory
 * @param creatorPid who made it
 * @param creatorStart when that process had started
 * @param createdMillis when it was made, Unix time
 */
record RingDescription(
        Geometry geometry,
        long id,
        boolean overwrite,
        boolean keep,
        StuckReader stuckReader,
        long stuckTimeoutNanos,
        int backing,
        long creatorPid,
        long creatorStart,
        long createdMillis) {

    /** Whether a writer may overwrite what an attached reader has not read: then lines are never handed out in place. */
    boolean mayOverrunReaders() {
        return overwrite || stuckReader != StuckReader.BLOCK;
    }
}
