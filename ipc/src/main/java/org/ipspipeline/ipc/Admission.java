package org.ipspipeline.ipc;

/**
 * Decides how far a writer may write: the slow path of writing, entered when the last grant is used up. A grant is
 * published as the segment's intent before the writer relies on it.
 */
sealed interface Admission permits LosslessAdmission, OverwriteAdmission {

    /**
     * Looks for room. All that the writer wrote must be published.
     *
     * @param tail where the writer stands
     * @param end up to where it wants to write
     * @return up to where it may write: less than {@code end} if the segment is full
     */
    long grant(long tail, long end);
}
