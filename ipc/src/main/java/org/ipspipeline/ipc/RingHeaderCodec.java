package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.ipspipeline.ipc.layout.CursorsHeader;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.layout.RingHeader;
import org.ipspipeline.ipc.layout.SegmentEntry;
import org.ipspipeline.ipc.layout.SegmentGeometry;
import org.ipspipeline.ipc.layout.Words;

/** Writes a ring's headers, and reads them with every field checked. */
final class RingHeaderCodec {

    private final Path path;

    /** @param path what messages name */
    RingHeaderCodec(Path path) {
        this.path = path;
    }

    /** Writes all of the header but the version; {@link #publish} does that when the rest of the ring is there. */
    static void write(ByteBuffer header, RingDescription ring) {
        final Geometry geometry = ring.geometry();
        Words.putLong(header, RingHeader.MAGIC_OFFSET, RingHeader.MAGIC);
        Words.putLong(header, RingHeader.DATA_SIZE_OFFSET, geometry.dataSize());
        Words.putLong(header, RingHeader.CURSORS_SIZE_OFFSET, geometry.cursorsSize());
        Words.putLong(header, RingHeader.RING_ID_OFFSET, ring.id());
        Words.putLong(header, RingHeader.CREATOR_PID_OFFSET, ring.creatorPid());
        Words.putLong(header, RingHeader.CREATOR_START_OFFSET, ring.creatorStart());
        Words.putInt(header, RingHeader.SEGMENTS_OFFSET, geometry.segments().size());
        Words.putInt(header, RingHeader.READERS_OFFSET, geometry.readers());
        Words.putInt(
                header,
                RingHeader.RECORD_KIND_OFFSET,
                geometry.variable() ? RingHeader.KIND_VARIABLE : RingHeader.KIND_FIXED);
        Words.putInt(
                header,
                RingHeader.FLAGS_OFFSET,
                (ring.overwrite() ? RingHeader.FLAG_OVERWRITE : 0) | (ring.keep() ? RingHeader.FLAG_KEEP : 0));
        Words.putInt(header, RingHeader.LINE_SIZE_OFFSET, geometry.lineSize());
        Words.putInt(header, RingHeader.SLOT_STRIDE_OFFSET, geometry.stride());
        Words.putInt(header, RingHeader.PAGE_SIZE_OFFSET, geometry.pageSize());
        Words.putInt(header, RingHeader.BACKING_OFFSET, ring.backing());
        Words.putInt(header, RingHeader.STUCK_POLICY_OFFSET, ring.stuckReader().code());
        Words.putLong(header, RingHeader.STUCK_TIMEOUT_OFFSET, ring.stuckTimeoutNanos());
        Words.putLong(header, RingHeader.CREATED_OFFSET, ring.createdMillis());
        for (SegmentGeometry segment : geometry.segments()) {
            final int entry = SegmentEntry.offset(segment.index());
            Words.putLong(header, entry + SegmentEntry.REGION_OFFSET, segment.offset());
            Words.putLong(header, entry + SegmentEntry.REGION_SIZE_OFFSET, segment.size());
            Words.putLong(header, entry + SegmentEntry.CAPACITY_OFFSET, segment.capacity());
        }
        Words.putInt(
                header,
                RingHeader.CHECKSUM_OFFSET,
                checksum(header, geometry.segments().size()));
    }

    /** Makes the ring attachable: the store that everything before is visible with. */
    static void publish(ByteBuffer header) {
        Words.putIntRelease(header, RingHeader.VERSION_OFFSET, RingHeader.ABI_VERSION);
    }

    static void writeCursors(ByteBuffer cursors, RingDescription ring) {
        Words.putLong(cursors, CursorsHeader.MAGIC_OFFSET, CursorsHeader.MAGIC);
        Words.putInt(cursors, CursorsHeader.VERSION_OFFSET, RingHeader.ABI_VERSION);
        Words.putLong(cursors, CursorsHeader.RING_ID_OFFSET, ring.id());
        Words.putInt(
                cursors,
                CursorsHeader.SEGMENTS_OFFSET,
                ring.geometry().segments().size());
        Words.putInt(cursors, CursorsHeader.READERS_OFFSET, ring.geometry().readers());
    }

    /**
     * How many bytes of the data the header has.
     *
     * @param start the first {@link RingHeader#TABLE_OFFSET} bytes of the data, mapped
     * @return the size
     * @throws RingException INCOMPATIBLE or DAMAGED
     */
    int headerSize(ByteBuffer start) {
        if (Words.getLong(start, RingHeader.MAGIC_OFFSET) != RingHeader.MAGIC) {
            throw new RingException(RingException.Code.INCOMPATIBLE, path + " is no ring: its magic number is wrong");
        }
        final int version = Words.getIntAcquire(start, RingHeader.VERSION_OFFSET);
        if (version == 0) {
            throw damaged("it was never completed: its creator died; remove it, or create it with REPLACE");
        }
        if (version != RingHeader.ABI_VERSION) {
            throw new RingException(
                    RingException.Code.INCOMPATIBLE,
                    path + " has ABI version " + version + ", this program knows " + RingHeader.ABI_VERSION);
        }
        final int segments = Words.getInt(start, RingHeader.SEGMENTS_OFFSET);
        if (segments < 1 || segments > Geometry.MAX_SEGMENTS) {
            throw damaged("it tells of " + segments + " segments");
        }
        return RingHeader.size(segments);
    }

    /**
     * Reads a header. Every field is taken once, from a private copy.
     *
     * @param mapped header and segment table
     * @param size what {@link #headerSize} told
     * @return the ring, all offsets computed anew
     * @throws RingException DAMAGED or INCOMPATIBLE
     */
    RingDescription read(ByteBuffer mapped, int size) {
        final ByteBuffer header = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
        header.put(0, mapped, 0, size);
        final int segments = Words.getInt(header, RingHeader.SEGMENTS_OFFSET);
        if (RingHeader.size(segments) != size
                || Words.getInt(header, RingHeader.CHECKSUM_OFFSET) != checksum(header, segments)) {
            throw damaged("the checksum of its header is wrong");
        }
        final int kind = Words.getInt(header, RingHeader.RECORD_KIND_OFFSET);
        final int flags = Words.getInt(header, RingHeader.FLAGS_OFFSET);
        final StuckReader stuckReader = StuckReader.of(Words.getInt(header, RingHeader.STUCK_POLICY_OFFSET));
        final long stuckTimeout = Words.getLong(header, RingHeader.STUCK_TIMEOUT_OFFSET);
        if ((kind != RingHeader.KIND_FIXED && kind != RingHeader.KIND_VARIABLE)
                || (flags & ~RingHeader.KNOWN_FLAGS) != 0
                || stuckReader == null
                || stuckTimeout <= 0) {
            throw damaged("kind " + kind + ", flags " + flags + ", policy " + stuckReader + ", timeout " + stuckTimeout
                    + " are not all known");
        }
        return new RingDescription(
                geometry(header, segments, kind == RingHeader.KIND_VARIABLE),
                Words.getLong(header, RingHeader.RING_ID_OFFSET),
                (flags & RingHeader.FLAG_OVERWRITE) != 0,
                (flags & RingHeader.FLAG_KEEP) != 0,
                stuckReader,
                stuckTimeout,
                Words.getInt(header, RingHeader.BACKING_OFFSET),
                Words.getLong(header, RingHeader.CREATOR_PID_OFFSET),
                Words.getLong(header, RingHeader.CREATOR_START_OFFSET),
                Words.getLong(header, RingHeader.CREATED_OFFSET));
    }

    private Geometry geometry(ByteBuffer header, int segments, boolean variable) {
        final long[] capacities = new long[segments];
        for (int i = 0; i < segments; i++) {
            capacities[i] = Words.getLong(header, SegmentEntry.offset(i) + SegmentEntry.CAPACITY_OFFSET);
        }
        final Geometry geometry;
        try {
            geometry = Geometry.of(
                    variable,
                    Words.getInt(header, RingHeader.LINE_SIZE_OFFSET),
                    Words.getInt(header, RingHeader.READERS_OFFSET),
                    Words.getInt(header, RingHeader.PAGE_SIZE_OFFSET),
                    capacities);
        } catch (IllegalArgumentException impossible) {
            throw damaged(String.valueOf(impossible.getMessage()));
        }
        for (SegmentGeometry segment : geometry.segments()) {
            final int entry = SegmentEntry.offset(segment.index());
            if (Words.getLong(header, entry + SegmentEntry.REGION_OFFSET) != segment.offset()
                    || Words.getLong(header, entry + SegmentEntry.REGION_SIZE_OFFSET) != segment.size()) {
                throw damaged("segment " + segment.index() + " is not where its size says");
            }
        }
        if (Words.getLong(header, RingHeader.DATA_SIZE_OFFSET) != geometry.dataSize()
                || Words.getLong(header, RingHeader.CURSORS_SIZE_OFFSET) != geometry.cursorsSize()
                || Words.getInt(header, RingHeader.SLOT_STRIDE_OFFSET) != geometry.stride()) {
            throw damaged("its sizes do not follow from its geometry");
        }
        return geometry;
    }

    void checkCursors(ByteBuffer cursors, RingDescription ring) {
        if (Words.getLong(cursors, CursorsHeader.MAGIC_OFFSET) != CursorsHeader.MAGIC
                || Words.getInt(cursors, CursorsHeader.VERSION_OFFSET) != RingHeader.ABI_VERSION
                || Words.getLong(cursors, CursorsHeader.RING_ID_OFFSET) != ring.id()) {
            throw damaged("its cursors belong to another ring");
        }
    }

    private static int checksum(ByteBuffer header, int segments) {
        final ByteBuffer constant =
                header.duplicate().position(RingHeader.CHECKSUM_START).limit(RingHeader.size(segments));
        final CRC32C crc = new CRC32C();
        crc.update(constant);
        return (int) crc.getValue();
    }

    private RingException damaged(String what) {
        return new RingException(RingException.Code.DAMAGED, "the ring " + path + " is damaged: " + what);
    }
}
