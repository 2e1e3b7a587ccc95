package org.ipspipeline.ips.source.spec;

import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.StartAt;
import org.ipspipeline.ips.source.file.FileOptions;

/**
 * How sources are opened.
 *
 * @param files how files are followed
 * @param ringStart which lines of a ring to begin with
 * @param journalStart which entries of a journal to begin with
 * @param doorbell rung when a source that can wait has lines; the idle strategy of the workers that fill from them
 */
public record SourceOptions(FileOptions files, StartPosition ringStart, StartAt journalStart, Doorbell doorbell) {

    /**
     * Everything that is there: files from their first byte, rings from their oldest line, journals from their oldest entry.
     *
     * @param doorbell rung when a source that can wait has lines
     */
    public static SourceOptions everything(Doorbell doorbell) {
        return new SourceOptions(FileOptions.DEFAULT, StartPosition.OLDEST, StartAt.BEGINNING, doorbell);
    }

    /** The same with another way to follow files. */
    public SourceOptions withFiles(FileOptions newFiles) {
        return new SourceOptions(newFiles, ringStart, journalStart, doorbell);
    }

    /** The same with another start in journals. */
    public SourceOptions withJournalStart(StartAt newStart) {
        return new SourceOptions(files, ringStart, newStart, doorbell);
    }
}
