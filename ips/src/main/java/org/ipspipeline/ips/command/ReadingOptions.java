package org.ipspipeline.ips.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.ipspipeline.ips.jail.LogDates;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.StartAt;
import org.ipspipeline.ips.source.file.FileOptions;
import org.ipspipeline.ips.source.file.FileStart;
import org.ipspipeline.ips.source.reading.ReadingBackend;
import org.ipspipeline.ips.source.spec.SourceOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files and journals are read. */
final class ReadingOptions {

    @Option(
            names = "--start",
            paramLabel = "WHERE",
            defaultValue = "beginning",
            description =
                    "Where to begin in files and journals that are followed for the first time: beginning, end, or so"
                            + " long ago by the dates of the lines, such as 10m (default: ${DEFAULT-VALUE}).")
    private String start = "beginning";

    @Option(
            names = "--reader",
            paramLabel = "NAME",
            defaultValue = "pread",
            description = "How files are read: pread, mmap, io_uring, or auto for what is fastest here (default:"
                    + " ${DEFAULT-VALUE}).")
    private String reader = "pread";

    /**
     * The options of sources.
     *
     * @param doorbell what they ring
     * @param state the directory in which files and journals keep their places; null to keep none
     */
    SourceOptions sources(Doorbell doorbell, @Nullable Path state) {
        StartAt where = where();
        FileOptions files = FileOptions.DEFAULT.withBackend(backend()).withStart(inFiles(where));
        return SourceOptions.everything(doorbell)
                .withFiles(state == null ? files : files.withState(state))
                .withJournalStart(where);
    }

    private ReadingBackend backend() {
        try {
            return ReadingBackend.named(reader);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--reader: " + wrong.getMessage(), wrong);
        }
    }

    private StartAt where() {
        return switch (start) {
            case "beginning" -> StartAt.BEGINNING;
            case "end" -> StartAt.END;
            default -> StartAt.since(Instant.now().minus(ago()));
        };
    }

    private Duration ago() {
        try {
            return new DurationConverter().convert(start);
        } catch (RuntimeException wrong) {
            throw new UsageException("--start " + start + ": give beginning, end or a time such as 10m", wrong);
        }
    }

    private static FileStart inFiles(StartAt where) {
        if (where instanceof StartAt.Since since) {
            return FileStart.since(since.moment(), LogDates.standard());
        }
        return where instanceof StartAt.End ? FileStart.END : FileStart.BEGIN;
    }
}
