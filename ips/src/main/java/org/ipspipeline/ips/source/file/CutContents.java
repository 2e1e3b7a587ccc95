package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contents that were cut back before it is known that they were read to their end. If a copy was made just before, as
 * copytruncate does, it turns up beside the file, perhaps a moment later when it is being renamed; if none does, what was not
 * read is lost.
 */
final class CutContents {

    private static final Logger LOG = LoggerFactory.getLogger(CutContents.class);
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final Path path;
    private final Positions positions;
    private final SourceMeter meter;
    private final ByteBuffer scratch;
    private final List<Cut> cuts = new ArrayList<>();

    CutContents(Path path, Positions positions, SourceMeter meter, ByteBuffer scratch) {
        this.path = path;
        this.positions = positions;
        this.meter = meter;
        this.scratch = scratch;
    }

    /** Remembers the content of a file that was cut back, as far as it was read. */
    void add(FollowedFile file, long now) {
        final Fingerprint read = file.fingerprint();
        if (read.position() > 0) {
            cuts.add(new Cut(read, file.isSkipping(), file.pending(), now, positions.openCut(path, file)));
        }
    }

    /** Whether there is one that no copy was found of. */
    boolean isPending() {
        return !cuts.isEmpty();
    }

    /** Takes the content that a file is a copy of; null if it is of none. */
    @Nullable
    Cut takeCopiedIn(ReadableFile file) throws IOException {
        for (Iterator<Cut> remaining = cuts.iterator(); remaining.hasNext(); ) {
            final Cut cut = remaining.next();
            if (cut.read.matches(file, scratch)) {
                remaining.remove();
                return cut;
            }
        }
        return null;
    }

    /** Forgets the content that was taken: its copy is followed and remembered. */
    void settle(Cut cut) {
        positions.forget(cut.record);
    }

    /** Gives up those that no copy was found of for a while, and counts them as lost. */
    void giveUpOld(long now) {
        for (Iterator<Cut> remaining = cuts.iterator(); remaining.hasNext(); ) {
            final Cut cut = remaining.next();
            if (now - cut.cutAt > PATIENCE_NANOS) {
                remaining.remove();
                positions.forget(cut.record);
                meter.lost(LossReason.TRUNCATED, 0, cut.pending);
                LOG.info("{}: was cut back and is begun anew; what was written to it just before may be lost", path);
            }
        }
    }

    /**
     * A content.
     *
     * @param read what it is known by, as far as it was read
     * @param skipping whether that ends inside a line whose rest is to be passed over
     * @param pending bytes behind it that were seen
     * @param cutAt when it was found to be cut back
     * @param record its number in the position file
     */
    record Cut(Fingerprint read, boolean skipping, int pending, long cutAt, int record) {}
}
