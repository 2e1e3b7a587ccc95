package org.ipspipeline.ipc;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a ring looked like at one moment. Its numbers were read one after the other while the ring was in use, so they
 * may be a few lines apart.
 *
 * @param path where it is
 * @param variable whether records have their own length
 * @param overwrite whether writers overwrite instead of waiting
 * @param lineSize the longest line in bytes
 * @param bytes of its data
 * @param pageSize of the pages that hold it
 * @param creatorPid who made it
 * @param created and when
 * @param segments its segments
 * @param readers its reader slots, free ones too
 */
public record RingStatus(
        Path path,
        boolean variable,
        boolean overwrite,
        int lineSize,
        long bytes,
        int pageSize,
        long creatorPid,
        Instant created,
        List<SegmentStatus> segments,
        List<ReaderStatus> readers) {

    /**
     * A segment.
     *
     * @param index its index
     * @param capacity lines, or bytes for variable records
     * @param used of that: what holds published records that the writer leaves alone
     * @param lines how many were published, ever
     * @param writerPid who has claimed it, 0 for nobody
     * @param writerAlive whether that process, or this one, holds the claim
     * @param epoch how often it was claimed
     * @param tooLong lines refused as longer than the line size
     * @param dropped lines dropped when it was full
     * @param unread lines given up while no reader was attached
     * @param evicted stuck readers that lost their slot
     * @param overruns how often a stuck reader was overrun
     */
    public record SegmentStatus(
            int index,
            long capacity,
            long used,
            long lines,
            long writerPid,
            boolean writerAlive,
            long epoch,
            long tooLong,
            long dropped,
            long unread,
            long evicted,
            long overruns) {}

    /** What a reader slot is. */
    public enum SlotState {
        /** Nobody's. */
        FREE,
        /** A reader's. */
        ACTIVE,
        /** A reader's that was stuck and does not hold writers back any more. */
        EVICTED,
        /** A reader's whose process is gone; a writer that it holds back will free it. */
        DEAD
    }

    /**
     * A reader slot.
     *
     * @param id its number
     * @param state what it is
     * @param pid whose it is, or was
     * @param cursors the reader's place in each segment; empty for a free slot
     */
    public record ReaderStatus(int id, SlotState state, long pid, List<CursorStatus> cursors) {

        /** What this reader has not read yet, in all segments: lines, or bytes for variable records. */
        public long lag() {
            return cursors.stream().mapToLong(CursorStatus::lag).sum();
        }

        /** The lines that this reader lost, in all segments. */
        public long lost() {
            return cursors.stream().mapToLong(CursorStatus::lost).sum();
        }
    }

    /**
     * A reader's place in a segment.
     *
     * @param segment the segment
     * @param lag what it has not read yet: lines, or bytes for variable records
     * @param read lines it has read
     * @param lost lines overwritten before it read them
     * @param damaged records it skipped for their impossible length
     */
    public record CursorStatus(int segment, long lag, long read, long lost, long damaged) {}
}
