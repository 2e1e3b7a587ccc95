package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.ipspipeline.ips.source.reading.ReadingBackend;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that stand or stood at a path. Every file beside the path that is one of its rotated ones is known here: followed,
 * or finished. Those that are not yet known came between; each is read from where its content is not known yet, so that the
 * copy of copytruncate is read from the middle on.
 */
final class FileChain {

    private static final Logger LOG = LoggerFactory.getLogger(FileChain.class);

    private static final int ATTEMPTS = 10;

    /** How long a copy that has just been begun is looked at again and again. */
    private static final long COPYING_NANOS = 2_000_000_000L;

    /** The times of files may be a tick of the kernel's clock late: a change after the listing may have the same one. */
    private static final long CHANGING_NANOS = 100_000_000L;

    private static final long CHANGING = -1;

    private final Path path;
    private final Siblings siblings;
    private final ReadingBackend backend;
    private final ByteBuffer scratch;
    private final Positions positions;
    private final KnownContent known;
    private final CutContents cuts;
    /** Oldest first. */
    private final Deque<OldFile> old = new ArrayDeque<>();
    /** All that are followed, for threads that ask how far they are read. */
    private final Set<FollowedFile> open = ConcurrentHashMap.newKeySet();

    private @Nullable FollowedFile current;
    private List<Fingerprint> givenBefore = List.of();

    /** When the directory had changed last when its rotated files were listed, or {@link #CHANGING} if that was just then. */
    private long listedAt = CHANGING;

    /** Files of which it is not known yet what they are, and since when they were seen. */
    private final Map<FileIdentity, Long> waiting = new HashMap<>();

    /**
     * Begins with no file.
     *
     * @param path that is followed
     * @param backend that reads
     * @param scratch {@link Fingerprint#scratch()}
     * @param positions keeps how far the files are read
     * @param meter counts what is lost
     */
    FileChain(Path path, ReadingBackend backend, ByteBuffer scratch, Positions positions, SourceMeter meter) {
        this.path = path;
        this.siblings = new Siblings(path);
        this.backend = backend;
        this.scratch = scratch;
        this.positions = positions;
        this.known = new KnownContent(path, positions, scratch);
        this.cuts = new CutContents(path, positions, meter, scratch);
    }

    /** The file that stands at the path, as far as is known. */
    @Nullable
    FollowedFile current() {
        return current;
    }

    /** The files that stood there before and are still read, oldest first. */
    Deque<OldFile> old() {
        return old;
    }

    KnownContent known() {
        return known;
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
     * Lists and opens the rotated files, the oldest first, none twice. Files are being renamed, perhaps, while they are listed:
     * it is done again until nothing changes meanwhile, or for a few times.
     *
     * @return the files; the caller closes them or has them followed
     */
    List<ReadableFile> openSiblings() throws IOException {
        Map<FileIdentity, ReadableFile> files = Map.of();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (ReadableFile file : files.values()) {
                file.close();
            }
            final long before = siblings.changedAt();
            files = openListed();
            if (siblings.changedAt() == before) {
                break;
            }
        }
        return List.copyOf(files.values());
    }

    private Map<FileIdentity, ReadableFile> openListed() throws IOException {
        final Map<FileIdentity, ReadableFile> files = new LinkedHashMap<>();
        for (Path sibling : siblings.oldestFirst()) {
            try {
                final ReadableFile file = backend.open(sibling);
                final ReadableFile twice = files.putIfAbsent(file.identity(), file);
                if (twice != null) {
                    file.close();
                }
            } catch (NoSuchFileException e) {
                LOG.debug("{}: renamed since it was listed", sibling);
            }
        }
        return files;
    }

    /**
     * Opens the file at the path.
     *
     * @throws NoSuchFileException if there is none
     */
    ReadableFile openPath() throws IOException {
        return backend.open(path);
    }

    /** Follows a file from a position. */
    FollowedFile follow(ReadableFile file, long position, boolean skipping) throws IOException {
        known.reopen(file.identity());
        final FollowedFile followed = FollowedFile.from(file, position, skipping, scratch);
        followed.repeatUntil(longestGivenBefore(file));
        open.add(followed);
        positions.open(path, followed);
        LOG.debug("{}: reading {} from {}", path, file.identity(), position);
        return followed;
    }

    /** Follows a file that was followed when the program last ran. */
    FollowedFile followAgain(ReadableFile file, SavedPosition saved) throws IOException {
        final FollowedFile followed = FollowedFile.from(file, saved.handled().position(), saved.skipping(), scratch);
        final long given = saved.handled().position() > 0 ? saved.given().position() : 0;
        followed.repeatUntil(Math.max(given, longestGivenBefore(file)));
        LOG.debug("{}: reading {} again from {}", path, file.identity(), saved);
        open.add(followed);
        if (file.identity().equals(saved.identity())) {
            followed.setRecord(saved.record());
        } else {
            positions.open(path, followed);
            positions.forget(saved.record());
        }
        return followed;
    }

    /**
     * Tells what had been given when the program last ran, for as long as it goes on from there. A file of that content may have
     * been read, without a position of its own that says so: it was copied, or its file was cut back, at that very moment.
     */
    void setGivenBefore(List<Fingerprint> given) {
        givenBefore = given;
    }

    private long longestGivenBefore(ReadableFile file) throws IOException {
        long longest = 0;
        for (Fingerprint given : givenBefore) {
            if (given.position() > longest && given.matches(file, scratch)) {
                longest = given.position();
            }
        }
        return longest;
    }

    /** Has a file be the one at the path. */
    void setCurrent(FollowedFile file) {
        current = file;
    }

    /** Reads a file to its end before the newer ones. */
    void addOld(FollowedFile file) {
        old.addLast(new OldFile(file, System.nanoTime()));
    }

    private void addOldest(FollowedFile file) {
        old.addFirst(new OldFile(file, System.nanoTime()));
    }

    /** The file at the path stands there no more. */
    void retireCurrent() {
        if (current != null) {
            addOld(current);
            current = null;
        }
    }

    /** Lets go of a file, as far as it was read. */
    void finish(FollowedFile file) throws IOException {
        known.finish(file);
        LOG.debug("{}: done with {} at {}", path, file.identity(), file.position());
        old.removeIf(oldFile -> oldFile.file() == file);
        if (current == file) {
            current = null;
        }
        open.remove(file);
        file.close();
    }

    /** Follows the file that stands at the path now from where its content is not known yet, or from where it is told. */
    void openCurrent(@Nullable FileStart start) throws IOException {
        final ReadableFile file = openPath();
        final OldFile back = oldWith(file.identity());
        if (back != null) {
            file.close();
            old.remove(back);
            current = back.file();
            return;
        }
        final long position =
                start == null ? known.longestKnownPart(file, followedParts()).position() : start.positionIn(file);
        current = follow(file, position, false);
    }

    /**
     * Whether rotated files may have come since they were listed: they also come between the listing and the opening of the file
     * at the path.
     */
    boolean hasNewSiblings() throws IOException {
        return siblings.changedAt() != listedAt;
    }

    /**
     * Follows the rotated files that are not yet known, and the rest of those that contents were copied into before they were
     * cut back: they came between what was read and what stands at the path.
     */
    void followUnknown() throws IOException {
        final long changed = siblings.changedAt();
        final long age = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - changed;
        listedAt = age > CHANGING_NANOS ? changed : CHANGING;
        final Set<FileIdentity> there = new HashSet<>();
        for (ReadableFile file : openSiblings()) {
            there.add(file.identity());
            followIfUnknown(file);
        }
        try {
            there.add(FileIdentity.of(path));
        } catch (NoSuchFileException e) {
            LOG.debug("{}: gone while its rotated files were listed", path);
        }
        waiting.keySet().retainAll(there);
        known.keep(there, System.nanoTime());
        cuts.giveUpOld(System.nanoTime());
    }

    /** Follows one rotated file, or closes it if it is known. */
    void followIfUnknown(ReadableFile file) throws IOException {
        if (isFollowed(file.identity())) {
            file.close();
            return;
        }
        if (file.size() == 0) {
            lookAgainLater(file);
            file.close();
            return;
        }
        final CutContents.Cut cut = cuts.takeCopiedIn(file);
        if (cut != null) {
            LOG.info("{}: was cut back after it was copied; reading the rest of the copy first", path);
            addOldest(follow(file, cut.read().position(), cut.skipping()));
            cuts.settle(cut);
        } else if (known.isFinished(file)) {
            file.close();
        } else {
            final FollowedFile original = originalOf(file);
            if (original == null) {
                addOld(follow(
                        file, known.longestKnownPart(file, followedParts()).position(), false));
            } else {
                passOver(file, original);
                return;
            }
        }
        waiting.remove(file.identity());
    }

    /**
     * All of a copy is still to be read where it was copied from. It is done with only when how far that has come is kept: until
     * then nothing but the copy would tell, after the original was cut back, what had not been read of it.
     */
    private void passOver(ReadableFile copy, FollowedFile original) throws IOException {
        if (original.position() > 0 && positions.isSettled()) {
            LOG.debug("{}: {} is a copy of what is still to be read", path, copy.identity());
            known.finishUnread(copy);
            waiting.remove(copy.identity());
        } else {
            lookAgainLater(copy);
        }
        copy.close();
    }

    /** Takes all rotated files for done with. */
    void finishSiblings() throws IOException {
        for (ReadableFile file : openSiblings()) {
            known.finishUnread(file);
            file.close();
        }
    }

    /**
     * Begins a file that was cut back anew. What was not read of it may be in a copy.
     *
     * @param file is followed
     */
    void beginAnew(FollowedFile file) throws IOException {
        cuts.add(file, System.nanoTime());
        file.restart();
        positions.move(file);
    }

    /** Looks for the copy of what a file held before it was cut back. */
    void followCopiesOf(FollowedFile file) throws IOException {
        for (FollowedFile other : open) {
            // Its copy was found before it was cut back.
            final CutContents.Cut cut = other == file ? null : cuts.takeCopiedIn(other.file());
            if (cut != null) {
                cuts.settle(cut);
            }
        }
        followUnknown();
    }

    /** Whether there is content that was cut back and that no copy was found of yet, or a copy that is being made. */
    boolean isMissingCopy() {
        return !waiting.isEmpty() || cuts.isPending();
    }

    /** Whether it is a copy that is being made, or one that is needed, will be seen in a moment. */
    private void lookAgainLater(ReadableFile file) throws IOException {
        if (known.isFinished(file)) {
            return;
        }
        final long now = System.nanoTime();
        if (now - waiting.computeIfAbsent(file.identity(), first -> now) > COPYING_NANOS) {
            known.finishUnread(file);
            waiting.remove(file.identity());
        }
    }

    boolean isFollowed(FileIdentity identity) {
        return open.stream().anyMatch(file -> file.identity().equals(identity));
    }

    void close() throws IOException {
        for (FollowedFile file : open) {
            file.close();
        }
        open.clear();
        old.clear();
        current = null;
    }

    /** The followed file that another is a copy of; null if it is of none. */
    private @Nullable FollowedFile originalOf(ReadableFile file) throws IOException {
        final Fingerprint whole = Fingerprint.of(file, file.size(), scratch);
        for (FollowedFile followed : open) {
            if (whole.matches(followed.file(), scratch)) {
                return followed;
            }
        }
        return null;
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
        return open.stream().map(FollowedFile::fingerprint).toList();
    }
}
