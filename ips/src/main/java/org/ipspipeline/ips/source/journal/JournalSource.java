package org.ipspipeline.ips.source.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.StartAt;
import org.ipspipeline.ips.source.stream.FedSource;
import org.ipspipeline.ips.source.stream.LineHandover;
import org.jspecify.annotations.Nullable;

/**
 * Entries of systemd's journal as they are written, and those that are there already. When journalctl ends, it is started again
 * behind the last entry that was read: none is lost or given twice.
 */
public final class JournalSource {

    private JournalSource() {}

    /**
     * Begins to follow a journal.
     *
     * @param name the source as the operator wrote it
     * @param query which entries of which journal
     * @param start with which entry to begin when it is followed for the first time
     * @param state the directory in which the place of the last handled entry is kept; null to keep none
     * @param doorbell rung when there are lines
     * @param maxLineLength bytes of a line that are kept
     * @return the source
     * @throws SourceException if there is no journalctl, or the journal's directory is not there
     */
    public static LineSource follow(
            String name,
            JournalQuery query,
            StartAt start,
            @Nullable Path state,
            Doorbell doorbell,
            int maxLineLength) {
        if (!isOnSearchPath(JournalFeeder.PROGRAM)) {
            throw new SourceException(name + ": there is no journalctl on this machine (Debian's package systemd)");
        }
        if (!query.directory().isEmpty() && !Files.isDirectory(Path.of(query.directory()))) {
            throw new SourceException(name + ": there is no directory " + query.directory());
        }
        final CursorFile kept = state == null ? null : new CursorFile(state, name);
        final SourceMeter meter = new SourceMeter();
        final LineHandover handover = new LineHandover(doorbell, maxLineLength);
        return new FedSource(
                name, meter, handover, new JournalFeeder(name, query, start, handover, meter, maxLineLength, kept));
    }

    /** {@return whether this machine keeps a journal that can be followed} */
    public static boolean isAvailable() {
        return isOnSearchPath(JournalFeeder.PROGRAM)
                && (Files.isDirectory(Path.of("/run/log/journal")) || Files.isDirectory(Path.of("/var/log/journal")));
    }

    private static boolean isOnSearchPath(String program) {
        for (String directory :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
