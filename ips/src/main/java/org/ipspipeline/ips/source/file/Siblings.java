package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files beside a log that it was rotated into. */
final class Siblings {

    private static final Logger LOG = LoggerFactory.getLogger(Siblings.class);

    private final Path directory;
    private final RotatedName names;

    Siblings(Path log) {
        final Path name = log.getFileName();
        this.directory = log.toAbsolutePath().getParent() == null
                ? log.toAbsolutePath()
                : log.toAbsolutePath().getParent();
        this.names = new RotatedName(name == null ? "" : name.toString());
    }

    /** Whether a path is such a file by its name. */
    boolean contains(Path path) {
        final Path name = path.getFileName();
        return name != null && names.isRotated(name.toString());
    }

    /** When one of the directory's entries last changed; 0 if it is gone. */
    long changedAt() throws IOException {
        try {
            return Files.getLastModifiedTime(directory).to(TimeUnit.NANOSECONDS);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Lists them, the oldest first: by the number in the name where all have one, else by the time of the last change.
     *
     * @return regular files that are not compressed; empty if the directory is gone
     */
    List<Path> oldestFirst() throws IOException {
        final List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, this::contains)) {
            for (Path path : stream) {
                try {
                    if (Files.isRegularFile(path)) {
                        entries.add(new Entry(
                                path,
                                path.getFileName().toString(),
                                Files.getLastModifiedTime(path).toInstant().toEpochMilli()));
                    }
                } catch (FileSystemException e) {
                    LOG.debug("{}: renamed or deleted since it was listed; the next list has its new name", path);
                }
            }
        } catch (FileSystemException e) {
            return List.of();
        }
        entries.sort(order(entries));
        return entries.stream().map(Entry::path).toList();
    }

    /** One rule for the whole list, or the order would not be one. */
    private Comparator<Entry> order(List<Entry> entries) {
        if (entries.stream().allMatch(entry -> names.numberIn(entry.name()) >= 0)) {
            return Comparator.comparingInt((Entry entry) -> names.numberIn(entry.name()))
                    .reversed();
        }
        return Comparator.comparingLong(Entry::modified).thenComparing(Entry::name);
    }

    private record Entry(Path path, String name, long modified) {}
}
