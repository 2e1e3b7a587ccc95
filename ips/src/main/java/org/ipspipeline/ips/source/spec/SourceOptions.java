package org.ipspipeline.ips.source.spec;

import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.file.FileOptions;

/**
 * How sources are opened.
 *
 * @param files how files are followed
 * @param ringStart which lines of a ring to begin with
 * @param doorbell rung when a source that can wait has lines; the idle strategy of the workers that fill from them
 */
public record SourceOptions(FileOptions files, StartPosition ringStart, Doorbell doorbell) {

    /**
     * Everything that is there: files from their first byte, rings from their oldest line.
     *
     * @param doorbell rung when a source that can wait has lines
     */
    public static SourceOptions everything(Doorbell doorbell) {
        return new SourceOptions(FileOptions.DEFAULT, StartPosition.OLDEST, doorbell);
    }
}
