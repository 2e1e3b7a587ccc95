package org.ipspipeline.ips.command.ring;

import java.util.List;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingStatus;
import org.ipspipeline.ipc.RingStatus.CursorStatus;
import org.ipspipeline.ipc.RingStatus.ReaderStatus;
import org.ipspipeline.ipc.RingStatus.SegmentStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a ring looked like at a moment, and at the one before, from which rates follow.
 *
 * @param ring its state
 * @param attached who is attached
 * @param nanoTime when that was
 * @param before the sample before this one, null for the first
 */
record RingSample(
        RingStatus ring,
        List<Participant> attached,
        long nanoTime,
        @Nullable RingSample before) {

    private static final double NANOS = 1e9;

    static RingSample of(Ring ring, @Nullable RingSample before) {
        RingStatus status = ring.status();
        RingSample last = before == null ? null : new RingSample(before.ring, before.attached, before.nanoTime, null);
        return new RingSample(status, Participant.of(status), System.nanoTime(), last);
    }

    /** Lines a second that were written to a segment since the sample before; NaN for the first. */
    double writeRate(SegmentStatus segment) {
        return before == null
                ? Double.NaN
                : rate(
                        segment.lines()
                                - before.ring.segments().get(segment.index()).lines(),
                        before);
    }

    /** Lines a second that a reader read since the sample before; NaN for the first. */
    double readRate(ReaderStatus reader) {
        return before == null
                ? Double.NaN
                : rate(read(reader) - read(before.ring.readers().get(reader.id())), before);
    }

    private double rate(long lines, RingSample since) {
        // A reader that took the slot since starts anew.
        return Math.max(0, lines) * NANOS / Math.max(1, nanoTime - since.nanoTime);
    }

    /** Lines that a reader has read, in all segments. */
    static long read(ReaderStatus reader) {
        return reader.cursors().stream().mapToLong(CursorStatus::read).sum();
    }

    /** Records that a reader skipped for their impossible length, in all segments. */
    static long damaged(ReaderStatus reader) {
        return reader.cursors().stream().mapToLong(CursorStatus::damaged).sum();
    }
}
