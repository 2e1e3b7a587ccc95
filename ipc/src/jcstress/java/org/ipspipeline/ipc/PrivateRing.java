package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.layout.SegmentControl;
import org.ipspipeline.ipc.layout.SegmentGeometry;
import org.ipspipeline.ipc.layout.Words;

/** A ring of one segment in private memory: what processes share, without files and locks, so that many fit into a run. */
final class PrivateRing {

    static final int LINE_SIZE = 16;

    private static final int READERS = 2;
    private static final int PAGE = 4096;
    private static final int SPARE = 64;

    private final RingDescription description;
    private final Segment segment;
    private final Cursors cursors;
    private int slots;

    PrivateRing(boolean variable, boolean overwrite, long capacity) {
        final Geometry geometry = Geometry.of(variable, LINE_SIZE, READERS, PAGE, capacity);
        final SegmentGeometry first = geometry.segments().get(0);
        final int records = (int) capacity * (variable ? 1 : geometry.stride());
        final ByteBuffer memory = memory(SegmentControl.SIZE + records + SPARE);
        Words.putLong(memory, SegmentControl.INTENT_OFFSET, capacity);
        this.description =
                new RingDescription(geometry, 1, overwrite, false, StuckReader.BLOCK, Long.MAX_VALUE, 0, 0, 0, 0);
        this.segment = new Segment(memory, first, RecordFormat.of(geometry, first));
        this.cursors = new Cursors(memory((int) geometry.cursorsSize()), geometry);
    }

    private static ByteBuffer memory(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    SegmentWriter claim() {
        final Admission admission = description.overwrite()
                ? new OverwriteAdmission(segment)
                : new LosslessAdmission(segment, cursors, () -> 0, description);
        return new SegmentWriter(segment, cursors, null, admission, FullPolicy.giveBack(), LINE_SIZE, () -> {});
    }

    /** A reader that has not joined yet. */
    RingReader reader() {
        return new RingReader(
                Path.of("private"),
                description,
                List.of(segment),
                cursors,
                null,
                slots++,
                ReaderSlot.state(1, ReaderSlot.ACTIVE),
                () -> {});
    }

    static void join(RingReader reader, StartPosition start) {
        reader.start(start, ReaderSlot.state(0, ReaderSlot.FREE));
    }

    /** Stages a line of two equal words, to be torn visibly. */
    static int stage(SegmentWriter writer, byte[] line, int number) {
        for (int i = 0; i < LINE_SIZE; i++) {
            line[i] = (byte) number;
        }
        return writer.stage(line, 0, LINE_SIZE, number);
    }

    /** The number that every byte and the stamp of a line tell, -1 if they do not agree. */
    static int number(LineBuffer lines, int line) {
        final int number = lines.stamp(line);
        boolean whole = lines.length(line) == LINE_SIZE;
        for (int i = 0; i < lines.length(line); i++) {
            whole &= lines.bytes().get(lines.start(line) + i) == (byte) number;
        }
        return whole ? number : -1;
    }
}
