package org.ipspipeline.ips.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.file.FollowedFile.Progress;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.ipspipeline.ips.source.splitting.LineSplitter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path, and the chain of files that stand or stood there. Old files are read to their end before newer ones; they are kept
 * open for a while, because their writer may not know yet that they were renamed.
 */
final class FollowedPath implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedPath.class);

    private static final String NOT_YET = "is not there yet";
    private static final String GONE = "is gone for now";
    /** Old files that are kept open although they are read; beyond that the oldest goes. */
    private static final int MOST_OLD_FILES = 8;

    private final Path path;
    private final FileChain chain;
    private final Positions positions;
    private final SourceMeter meter;
    private final ByteBuffer scratch;
    private final long lingerNanos;

    /** How to begin, while the file that was there from the start could not be opened. */
    private @Nullable FileStart beginning;

    private volatile @Nullable String trouble;

    /**
     * Follows nothing before {@link #begin} or {@link #resume}.
     *
     * @param path to follow
     * @param options how
     * @param scratch {@link Fingerprint#scratch()}
     * @param positions keeps how far its files are read
     * @param meter counts lines and losses
     */
    FollowedPath(Path path, FileOptions options, ByteBuffer scratch, Positions positions, SourceMeter meter) {
        this.path = path;
        this.chain = new FileChain(path, options.backend(), scratch, positions, meter);
        this.positions = positions;
        this.meter = meter;
        this.scratch = scratch;
        this.lingerNanos = options.linger().toNanos();
    }

    Path path() {
        return path;
    }

    /** What keeps it from reading, in one clause; null if nothing does. May be asked by any thread. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** Whether there are files that stood at the path before and are still read. */
    boolean hasOldFiles() {
        return !chain.old().isEmpty();
    }

    /** Whether something is missing that may turn up soon, so that it is worth looking. */
    boolean isMissingCopy() {
        return chain.isMissingCopy();
    }

    /** Whether nothing of it is left: no file stands at the path, and those that did are read and let go. */
    boolean isOver() {
        return chain.current() == null && chain.old().isEmpty() && (GONE.equals(trouble) || NOT_YET.equals(trouble));
    }

    /** Forgets its files, when it is not followed any more. */
    void forget() {
        chain.known().forgetAll();
    }

    /** Bytes that are there and not yet read. May be asked by any thread. */
    long lag() {
        return chain.lag();
    }

    /**
     * Begins with a path that was not followed before: what it was rotated into until now is over and done with.
     *
     * @param start where in the file to begin
     */
    void begin(FileStart start) {
        beginning = start;
        try {
            chain.finishSiblings();
        } catch (IOException e) {
            report(e);
        }
        look();
        if (NOT_YET.equals(trouble)) {
            // A file that comes later is new from its first byte on.
            beginning = null;
        }
    }

    /**
     * Goes on where the program was when it last ran.
     *
     * @param saved what was remembered of the path
     */
    void resume(List<SavedPosition> saved) {
        try {
            new Resumption(chain, positions, meter, scratch).resume(saved);
            look();
        } catch (IOException e) {
            report(e);
        }
    }

    /** Looks what stands at the path now, and opens what has come. */
    void look() {
        try {
            final FileIdentity now = FileIdentity.of(path);
            final FollowedFile current = chain.current();
            if (current == null || !current.identity().equals(now)) {
                changeFile();
                trouble = null;
            } else if (chain.isMissingCopy() || chain.hasNewSiblings()) {
                chain.followUnknown();
            }
        } catch (NoSuchFileException e) {
            onGone();
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
        final FollowedFile current = chain.current();
        return current == null ? Progress.AT_END : read(current, into, splitter, stamp);
    }

    @Override
    public void close() throws IOException {
        chain.close();
    }

    private @Nullable OldFile nextOld(long now) {
        for (OldFile oldFile : chain.old()) {
            if (oldFile.isDue(now) || mayGo(oldFile, now)) {
                return oldFile;
            }
        }
        return null;
    }

    private boolean mayGo(OldFile oldFile, long now) {
        final boolean oneTooMany =
                chain.old().size() > MOST_OLD_FILES && oldFile == chain.old().peekFirst();
        return oldFile.isSilentFor(oneTooMany ? 0 : lingerNanos, now);
    }

    private Progress readOld(OldFile oldFile, LineBuffer into, LineSplitter splitter, int stamp, long now) {
        final FollowedFile file = oldFile.file();
        final long before = file.position();
        final Progress progress = read(file, into, splitter, stamp);
        oldFile.onRead(now, file.position() != before);
        if (progress == Progress.AT_END && oldFile.isNewlyDrained()) {
            positions.drain(file);
        }
        if (progress != Progress.AT_END || !mayGo(oldFile, now)) {
            return progress;
        }
        try {
            if (!file.readLast(into, splitter, stamp, meter)) {
                return Progress.NO_ROOM;
            }
            chain.finish(file);
        } catch (IOException e) {
            letGo(file, e);
        }
        return Progress.AT_END;
    }

    /** Reads from one file, and does what the read asks for beyond taking its lines. */
    private Progress read(FollowedFile file, LineBuffer into, LineSplitter splitter, int stamp) {
        final long before = file.position();
        try {
            final Progress progress = file.read(into, splitter, stamp, meter);
            switch (progress) {
                case CUT_BACK -> {
                    chain.beginAnew(file);
                    followCopiesOf(file);
                    return Progress.LINES;
                }
                case NOT_TEXT -> {
                    meter.lost(LossReason.NOT_TEXT, 0, file.file().size());
                    trouble = "is UTF-16 and not text in bytes: have its writer use UTF-8";
                    LOG.warn("{}: {}", path, trouble);
                    return Progress.AT_END;
                }
                default -> {
                    if (file.position() != before) {
                        positions.give(file);
                    }
                    return progress;
                }
            }
        } catch (IOException e) {
            // The next look opens it again, and its content tells how far it was read.
            letGo(file, e);
            return Progress.AT_END;
        }
    }

    /** What keeps its copies from being looked at now does not keep the file itself from being read; the next look tries again. */
    private void followCopiesOf(FollowedFile file) {
        try {
            chain.followCopiesOf(file);
        } catch (IOException e) {
            report(e);
        }
    }

    /** The path's file is another than before. */
    private void changeFile() throws IOException {
        if (chain.current() != null) {
            LOG.info("{}: rotated, going on with the new file", path);
            chain.retireCurrent();
        }
        if (beginning == null) {
            chain.followUnknown();
        }
        chain.openCurrent(beginning);
        beginning = null;
    }

    /** There is no file at the path. The one that was may be written to for a while, wherever it is now. */
    private void onGone() {
        if (chain.current() != null) {
            chain.retireCurrent();
            trouble = GONE;
        } else if (trouble == null) {
            trouble = NOT_YET;
        }
    }

    private void letGo(FollowedFile file, IOException problem) {
        report(problem);
        meter.lost(LossReason.UNREADABLE, 0, file.pending());
        try {
            chain.finish(file);
        } catch (IOException e) {
            LOG.debug("{}: closing it failed too", path, e);
        }
    }

    private void report(IOException problem) {
        final String clause = Troubles.clause(path, problem);
        if (!clause.equals(trouble)) {
            trouble = clause;
            LOG.warn("{}: {}", path, clause);
        }
    }
}
