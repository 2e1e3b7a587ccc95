package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.ipspipeline.ips.source.reading.ReadableFile;

/** The files of a path that are done with, and how much of a file's content was read already, whatever it is called. */
final class KnownContent {

    private static final long REMEMBERED_NANOS = 60_000_000_000L;

    private final Map<FileIdentity, Finished> finished = new HashMap<>();
    private final Path path;
    private final Positions positions;
    private final ByteBuffer scratch;

    /**
     * Begins with none.
     *
     * @param path that is followed
     * @param positions keeps what is finished
     * @param scratch {@link Fingerprint#scratch()}
     */
    KnownContent(Path path, Positions positions, ByteBuffer scratch) {
        this.path = path;
        this.positions = positions;
        this.scratch = scratch;
    }

    /** Remembers a file as done with that was followed. */
    void finish(FollowedFile file) {
        positions.finish(file);
        finished.put(file.identity(), new Finished(file.fingerprint(), file.record()));
    }

    /** Remembers a file as done with that was not followed, up to its present end. */
    void finishUnread(ReadableFile file) throws IOException {
        final Fingerprint whole = Fingerprint.of(file, file.size(), scratch);
        reopen(file.identity());
        finished.put(file.identity(), new Finished(whole, positions.openFinished(path, file.identity(), whole)));
    }

    /** Remembers a file as done with that was so when the program last ran. */
    void finishAgain(FileIdentity identity, SavedPosition saved) {
        finished.put(identity, new Finished(saved.handled(), saved.record()));
    }

    /** Takes a file out of the finished ones: it is followed again, or another has its number now. */
    void reopen(FileIdentity identity) {
        final Finished known = finished.remove(identity);
        if (known != null) {
            positions.forget(known.record);
        }
    }

    /**
     * Forgets finished files that have not been there for a while. Not at once: a file that is renamed while its directory is
     * listed is in that list under neither name.
     *
     * @param there the files that were found now
     * @param now {@link System#nanoTime()}
     */
    void keep(Collection<FileIdentity> there, long now) {
        final Iterator<Map.Entry<FileIdentity, Finished>> entries =
                finished.entrySet().iterator();
        while (entries.hasNext()) {
            final Map.Entry<FileIdentity, Finished> entry = entries.next();
            final Finished known = entry.getValue();
            if (there.contains(entry.getKey())) {
                known.seenAt = now;
            } else if (now - known.seenAt > REMEMBERED_NANOS) {
                positions.forget(known.record);
                entries.remove();
            }
        }
    }

    /** Forgets all finished files. */
    void forgetAll() {
        finished.values().forEach(known -> positions.forget(known.record));
        finished.clear();
    }

    /** Whether a file is done with, and not a new one with an old one's number. */
    boolean isFinished(ReadableFile file) throws IOException {
        final Finished known = finished.get(file.identity());
        return known != null && known.read.matches(file, scratch);
    }

    /**
     * The longest part of a file that was read already, in it or in one that it is a copy of.
     *
     * @param file that is new here
     * @param followed fingerprints of those files that are being read
     * @return {@link Fingerprint#NOTHING_READ} if it is new in every way
     */
    Fingerprint longestKnownPart(ReadableFile file, Collection<Fingerprint> followed) throws IOException {
        Fingerprint longest = Fingerprint.NOTHING_READ;
        for (Finished known : finished.values()) {
            longest = longer(longest, known.read, file);
        }
        for (Fingerprint read : followed) {
            longest = longer(longest, read, file);
        }
        return longest;
    }

    private Fingerprint longer(Fingerprint longest, Fingerprint candidate, ReadableFile file) throws IOException {
        return candidate.position() > longest.position() && candidate.matches(file, scratch) ? candidate : longest;
    }

    private static final class Finished {

        private final Fingerprint read;
        private final int record;
        private long seenAt = System.nanoTime();

        Finished(Fingerprint read, int record) {
            this.read = read;
            this.record = record;
        }
    }
}
