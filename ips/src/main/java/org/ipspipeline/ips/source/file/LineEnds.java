package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipspipeline.ips.source.reading.ReadableFile;

/** Finds starts of lines in a file. */
final class LineEnds {

    private static final int BLOCK = 16 * 1024;

    private LineEnds() {}

    /**
     * The start of the line that a position lies in.
     *
     * @param file to look at
     * @param position from 0 to the file's length
     * @return the position behind the last newline before it, or 0
     */
    static long lastBefore(ReadableFile file, long position) throws IOException {
        final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        long end = position;
        while (end > 0) {
            final int length = (int) Math.min(BLOCK, end);
            final int got = file.read(block, 0, length, end - length);
            for (int i = got - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return 0;
    }
}
