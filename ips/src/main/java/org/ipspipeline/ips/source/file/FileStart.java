package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.time.Instant;
import org.ipspipeline.ips.source.reading.ReadableFile;

/** Where the reading of a file starts that is there when its path is followed for the first time. */
@FunctionalInterface
public interface FileStart {

    /** At its first byte. */
    FileStart BEGIN = file -> 0;

    /** At its end, so that only what is written from now on is read; a line that is being written counts as new. */
    FileStart END = FileStart::lastLineEnd;

    /**
     * At the first line that is not older than a moment; found by halves, so that the size of the file does not matter.
     *
     * @param moment lines from then on
     * @param dates tells when lines were written
     */
    static FileStart since(Instant moment, LineDate dates) {
        return new DateSearch(moment, dates);
    }

    /**
     * Finds the position.
     *
     * @param file to look at
     * @return the start of a line
     */
    long positionIn(ReadableFile file) throws IOException;

    private static long lastLineEnd(ReadableFile file) throws IOException {
        return LineEnds.lastBefore(file, file.size());
    }
}
