package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.jspecify.annotations.Nullable;

/** The files of a path that are done with, and how much of a file's content was read already, whatever it is called. */
final class KnownContent {

    private final Map<FileIdentity, Fingerprint> finished = new HashMap<>();
    private final ByteBuffer scratch;

    /**
     * @param scratch {@link Fingerprint#scratch()}
     */
    KnownContent(ByteBuffer scratch) {
        this.scratch = scratch;
    }

    /** The finished files and how far each was read. */
    Map<FileIdentity, Fingerprint> finished() {
        return finished;
    }

    /** Remembers a file as done with, as far as it was read. */
    void finish(FileIdentity identity, Fingerprint read) {
        finished.put(identity, read);
    }

    /** Forgets finished files that are not there any more: their numbers may soon be those of new files. */
    void keepOnly(Collection<FileIdentity> there) {
        finished.keySet().retainAll(there);
    }

    /** What was read of a finished file; null if this is none, but perhaps a new one with an old one's number. */
    @Nullable
    Fingerprint finishedPartOf(ReadableFile file) throws IOException {
        final Fingerprint known = finished.get(file.identity());
        return known != null && known.matches(file, scratch) ? known : null;
    }

    /** Takes a file out of the finished ones: it is followed again. */
    void reopen(FileIdentity identity) {
        finished.remove(identity);
    }

    /**
     * The longest part of a file that was read already, in it or in one that it is a copy of.
     *
     * @param file that is new here
     * @param followed fingerprints of those files that are being read
     * @return {@link Fingerprint#NOTHING_READ} if it is new in every way
     */
    Fingerprint longestKnownPart(ReadableFile file, Collection<Fingerprint> followed) throws IOException {
        return longest(followed, file, longest(finished.values(), file, Fingerprint.NOTHING_READ));
    }

    private Fingerprint longest(Collection<Fingerprint> candidates, ReadableFile file, Fingerprint start)
            throws IOException {
        Fingerprint longest = start;
        for (Fingerprint candidate : candidates) {
            if (candidate.position() > longest.position() && candidate.matches(file, scratch)) {
                longest = candidate;
            }
        }
        return longest;
    }
}
