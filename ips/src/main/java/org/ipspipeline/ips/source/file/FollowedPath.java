package org.ipspipeline.ips.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.file.FollowedFile.Progress;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.ipspipeline.ips.source.reading.ReadingBackend;
import org.ipspipeline.ips.source.splitting.LineSplitter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path, and the chain of files that stand or stood there. Old files are read to their end before newer ones; they are kept
 * open for a while, because their writer may not know yet that they were renamed.
 *
 * <p>Every file beside the path that is one of its rotated ones is known here: followed, or finished. When the path's file
 * is another than before, or was cut back, the files that are not yet known are those that came between; each is read from
 * where its content is not known yet, so that the copy of copytruncate is read from the middle on.
 */
final class FollowedPath implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedPath.class);

    /** Old files that are kept open although they are read; beyond that the oldest goes. */
    private static final int MOST_OLD_FILES = 8;

    private final Path path;
    private final Siblings siblings;
    private final ReadingBackend backend;
    private final ByteBuffer scratch;
    private final SourceMeter meter;
    private final long lingerNanos;
    private final KnownContent known;
    private final Deque<OldFile> old = new ArrayDeque<>();
    /** The same files and the current one, for threads that ask how far they are read. */
    private final Set<FollowedFile> open = ConcurrentHashMap.newKeySet();

    private @Nullable FollowedFile current;
    /** How to begin, while the file that was there from the start could not be opened. */
    private @Nullable FileStart beginning;

    private volatile @Nullable String trouble;

    /**
     * @param path to follow
     * @param backend that reads
     * @param scratch {@link Fingerprint#scratch()}
     * @param meter counts lines and losses
     * @param lingerNanos for how long an old file without a new line is kept
     */
    FollowedPath(Path path, ReadingBackend backend, ByteBuffer scratch, SourceMeter meter, long lingerNanos) {
        this.path = path;
        this.siblings = new Siblings(path);
        this.backend = backend;
        this.scratch = scratch;
        this.meter = meter;
        this.lingerNanos = lingerNanos;
        this.known = new KnownContent(scratch);
    }

    Path path() {
        return path;
    }

    /** What keeps it from reading, in one clause; null if nothing does. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** Whether there are files that stood at the path before and are still read. */
    boolean hasOldFiles() {
        return !old.isEmpty();
    }

    /** Bytes that are there and not yet read. May be asked by any thread. */
    long lag() {
        long bytes = 0;
        for (FollowedFile file : open) {
            try {
                bytes += file.lag();
            } catch (IOException e) {
                LOG.trace("{}: closed while its length was asked for", path, e);
            }
        }
        return bytes;
    }

    /**
     * Begins with a path that was not followed before: what it was rotated into until now is over and done with.
     *
     * @param start where in the file to begin
     */
    void begin(FileStart start) {
        beginning = start;
        look();
        // A file that comes later is new from its first byte on.
        if (current == null && trouble != null && trouble.equals(Waiting.NOT_YET)) {
            beginning = null;
        }
    }

    /** Looks what stands at the path now, and opens what has come. */
    void look() {
        try {
            final FileIdentity now = FileIdentity.of(path);
            if (current == null || !current.identity().equals(now)) {
                changeFile();
                trouble = null;
            } else if (Waiting.GONE.equals(trouble)) {
                trouble = null;
            }
        } catch (NoSuchFileException e) {
            trouble = current == null ? Waiting.NOT_YET : Waiting.GONE;
        } catch (IOException e) {
            report(e);
        }
    }

    /**
     * Reads the next lines of the oldest file that has any.
     *
     * @return {@link Progress#LINES} if there may be more, {@link Progress#AT_END} if everything was read, or
     *     {@link Progress#NO_ROOM}
     */
    Progress read(LineBuffer into, LineSplitter splitter, int stamp, long now) {
        for (OldFile oldFile = nextOld(now); oldFile != null; oldFile = nextOld(now)) {
            final Progress progress = readOld(oldFile, into, splitter, stamp, now);
            if (progress != Progress.AT_END) {
                return progress;
            }
        }
        final FollowedFile file = current;
        if (file == null) {
            return Progress.AT_END;
        }
        try {
            return settle(file, file.read(into, splitter, stamp, meter));
        } catch (IOException e) {
            // The next look opens it again, and its content tells how far it was read.
            current = null;
            letGo(file, e);
            return Progress.AT_END;
        }
    }

    @Override
    public void close() throws IOException {
        for (FollowedFile file : open) {
            close(file);
        }
        old.clear();
        current = null;
    }

    private @Nullable OldFile nextOld(long now) {
        for (OldFile oldFile : old) {
            if (oldFile.isDue(now) || mayGo(oldFile, now)) {
                return oldFile;
            }
        }
        return null;
    }

    private boolean mayGo(OldFile oldFile, long now) {
        final boolean oneTooMany = old.size() > MOST_OLD_FILES && oldFile == old.peekFirst();
        return oldFile.isSilentFor(oneTooMany ? 0 : lingerNanos, now);
    }

    private Progress readOld(OldFile oldFile, LineBuffer into, LineSplitter splitter, int stamp, long now) {
        final FollowedFile file = oldFile.file();
        final long before = file.position();
        try {
            final Progress progress = settle(file, file.read(into, splitter, stamp, meter));
            oldFile.onRead(now, file.position() != before);
            if (progress == Progress.AT_END && mayGo(oldFile, now)) {
                if (!file.readLast(into, splitter, stamp, meter)) {
                    return Progress.NO_ROOM;
                }
                known.finish(file.identity(), file.fingerprint());
                old.remove(oldFile);
                close(file);
            }
            return progress;
        } catch (IOException e) {
            old.remove(oldFile);
            letGo(file, e);
            return Progress.AT_END;
        }
    }

    /** Does what a read asks for beyond taking its lines. */
    private Progress settle(FollowedFile file, Progress progress) throws IOException {
        switch (progress) {
            case CUT_BACK -> {
                goBack(file);
                return Progress.LINES;
            }
            case NOT_TEXT -> {
                meter.lost(LossReason.NOT_TEXT, 0, file.lag());
                trouble = "is UTF-16 and not text in bytes: have its writer use UTF-8";
                LOG.warn("{}: {}", path, trouble);
                return Progress.AT_END;
            }
            default -> {
                return progress;
            }
        }
    }

    /** The path's file is another than before. */
    private void changeFile() throws IOException {
        if (current != null) {
            LOG.info("{}: rotated, going on with the new file", path);
            old.addLast(new OldFile(current, System.nanoTime()));
            current = null;
        }
        if (beginning == null) {
            followUnknown();
        } else {
            finishAll();
        }
        final ReadableFile file = backend.open(path);
        final OldFile back = oldWith(file.identity());
        if (back != null) {
            file.close();
            old.remove(back);
            current = back.file();
            return;
        }
        final long position = beginning == null
                ? known.longestKnownPart(file, followedParts()).position()
                : beginning.positionIn(file);
        beginning = null;
        known.reopen(file.identity());
        current = follow(file, position, false);
    }

    /** A file was cut back: what was not read of it may be in the copy that was made of it just before. */
    private void goBack(FollowedFile file) throws IOException {
        final OldFile rest = restOf(file);
        if (rest == null) {
            meter.lost(LossReason.TRUNCATED, 0, file.pending());
            LOG.info("{}: cut back and beginning anew; what was written to it just before may be lost", path);
        } else {
            LOG.info("{}: cut back after it was copied; reading the rest of the copy first", path);
            old.addFirst(rest);
        }
        file.restart();
        followUnknown();
    }

    private @Nullable OldFile restOf(FollowedFile original) throws IOException {
        final Fingerprint read = original.fingerprint();
        if (read.position() == 0) {
            return null;
        }
        for (Path sibling : siblings.oldestFirst()) {
            final ReadableFile file = openIfThere(sibling);
            if (file != null) {
                if (!isFollowed(file.identity()) && read.matches(file, scratch)) {
                    known.reopen(file.identity());
                    return new OldFile(follow(file, read.position(), original.isSkipping()), System.nanoTime());
                }
                file.close();
            }
        }
        return null;
    }

    /** Follows the files that came between what is known and what stands at the path. */
    private void followUnknown() throws IOException {
        final Set<FileIdentity> there = new HashSet<>();
        for (Path sibling : siblings.oldestFirst()) {
            final ReadableFile file = openIfThere(sibling);
            if (file == null) {
                continue;
            }
            there.add(file.identity());
            if (isFollowed(file.identity()) || known.finishedPartOf(file) != null) {
                file.close();
            } else {
                known.reopen(file.identity());
                final long from = known.longestKnownPart(file, followedParts()).position();
                old.addLast(new OldFile(follow(file, from, false), System.nanoTime()));
            }
        }
        try {
            there.add(FileIdentity.of(path));
        } catch (NoSuchFileException e) {
            LOG.debug("{}: gone while its rotated files were listed", path);
        }
        known.keepOnly(there);
    }

    private void finishAll() throws IOException {
        for (Path sibling : siblings.oldestFirst()) {
            try (ReadableFile file = openIfThere(sibling)) {
                if (file != null) {
                    known.finish(file.identity(), Fingerprint.of(file, file.size(), scratch));
                }
            }
        }
    }

    private @Nullable ReadableFile openIfThere(Path sibling) throws IOException {
        try {
            return backend.open(sibling);
        } catch (NoSuchFileException e) {
            // Renamed since it was listed: the next look finds it under its new name.
            return null;
        }
    }

    private boolean isFollowed(FileIdentity identity) {
        return oldWith(identity) != null
                || (current != null && current.identity().equals(identity));
    }

    private @Nullable OldFile oldWith(FileIdentity identity) {
        for (OldFile oldFile : old) {
            if (oldFile.file().identity().equals(identity)) {
                return oldFile;
            }
        }
        return null;
    }

    private List<Fingerprint> followedParts() {
        final List<Fingerprint> parts = new ArrayList<>();
        for (OldFile oldFile : old) {
            parts.add(oldFile.file().fingerprint());
        }
        if (current != null) {
            parts.add(current.fingerprint());
        }
        return parts;
    }

    private void letGo(FollowedFile file, IOException problem) {
        report(problem);
        meter.lost(LossReason.UNREADABLE, 0, file.pending());
        known.finish(file.identity(), file.fingerprint());
        try {
            close(file);
        } catch (IOException e) {
            LOG.debug("{}: closing it failed too", path, e);
        }
    }

    private FollowedFile follow(ReadableFile file, long position, boolean skipping) throws IOException {
        final FollowedFile followed = FollowedFile.from(file, position, skipping, scratch);
        open.add(followed);
        return followed;
    }

    private void close(FollowedFile file) throws IOException {
        open.remove(file);
        file.close();
    }

    private void report(IOException problem) {
        final String clause = Troubles.clause(path, problem);
        if (!clause.equals(trouble)) {
            trouble = clause;
            LOG.warn("{}: {}", path, clause);
        }
    }

    /** Troubles that pass by waiting. */
    private static final class Waiting {

        static final String NOT_YET = "is not there yet";
        static final String GONE = "is gone for now";

        private Waiting() {}
    }
}
