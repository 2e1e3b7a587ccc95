package org.ipspipeline.ipc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.ipspipeline.ipc.layout.RingHeader;
import org.ipspipeline.ipc.layout.SegmentEntry;

/** The bytes of a ring behind everybody's back. */
final class RingMemoryAccess {

    private final ByteBuffer data;
    private final ByteBuffer cursors;
    private final int[] regions;

    RingMemoryAccess(Path ring) {
        this.data = map(ring);
        this.cursors = map(ring.resolveSibling(ring.getFileName() + ".cursors"));
        this.regions = new int[data.getInt(RingHeader.SEGMENTS_OFFSET)];
        Arrays.setAll(
                regions, segment -> (int) data.getLong(SegmentEntry.offset(segment) + SegmentEntry.REGION_OFFSET));
    }

    private static ByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    ByteBuffer data() {
        return data;
    }

    ByteBuffer cursors() {
        return cursors;
    }

    /** Where a segment's region starts in the data. */
    int region(int segment) {
        return regions[segment];
    }
}
