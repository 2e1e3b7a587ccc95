package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.ipspipeline.ips.source.reading.ReadableFile;

/**
 * Finds the first line that is not older than a moment, by halves: lines of a log stand in the order of their dates, more or less.
 * A file of any size costs some forty reads. Of lines without a date, the next one that has one counts; where there is none within
 * a megabyte, that place counts as older.
 */
final class DateSearch implements FileStart {

    private static final int BLOCK = 64 * 1024;
    private static final int MOST_UNDATED = 1 << 20;
    /** Below this distance lines are read one after the other. */
    private static final int NEAR = 16 * 1024;

    private final long moment;
    private final LineDate dates;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    private final byte[] line = new byte[BLOCK];

    DateSearch(Instant moment, LineDate dates) {
        this.moment = moment.toEpochMilli();
        this.dates = dates;
    }

    @Override
    public long positionIn(ReadableFile file) throws IOException {
        long older = 0;
        final long end = LineEnds.lastBefore(file, file.size());
        long newer = end;
        while (newer - older > NEAR) {
            final long middle = LineEnds.lastBefore(file, older + (newer - older) / 2);
            if (middle <= older) {
                // One line reaches from the one to behind the middle.
                break;
            }
            if (isOlder(file, middle, newer)) {
                older = middle;
            } else {
                newer = middle;
            }
        }
        return scan(file, older, end);
    }

    /** Whether the first line with a date, from a place on, is older than the moment. */
    private boolean isOlder(ReadableFile file, long start, long end) throws IOException {
        long at = start;
        while (at < end && at - start < MOST_UNDATED) {
            final int length = lineAt(file, at);
            final long date = dates.millis(line, length);
            if (date != LineDate.NONE) {
                return date < moment;
            }
            at = behindLine(file, at, length);
        }
        return true;
    }

    private long scan(ReadableFile file, long start, long end) throws IOException {
        long at = start;
        while (at < end) {
            final int length = lineAt(file, at);
            final long date = dates.millis(line, length);
            if (date != LineDate.NONE && date >= moment) {
                return at;
            }
            at = behindLine(file, at, length);
        }
        return end;
    }

    /** Reads the line at a place, as far as it fits into a block; returns its length, or the block's if it is longer. */
    private int lineAt(ReadableFile file, long position) throws IOException {
        final int got = file.read(block, 0, BLOCK, position);
        block.get(0, line, 0, got);
        for (int i = 0; i < got; i++) {
            if (line[i] == '\n') {
                return i;
            }
        }
        return got;
    }

    private long behindLine(ReadableFile file, long position, int length) throws IOException {
        if (length < BLOCK) {
            return position + length + 1;
        }
        long at = position + BLOCK;
        while (at < file.size()) {
            final int rest = lineAt(file, at);
            if (rest < BLOCK) {
                return at + rest + 1;
            }
            at += BLOCK;
        }
        return file.size();
    }
}
