package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.ipspipeline.ips.source.reading.ReadableFile;
import org.jspecify.annotations.Nullable;

/**
 * Goes on where the program was when it last ran. What was remembered of a path is matched with the files that are there now:
 * by number and content, or, where a file was copied, by content alone. Files that nothing is remembered of came in between.
 */
final class Resumption {

    private final FileChain chain;
    private final Positions positions;
    private final SourceMeter meter;
    private final ByteBuffer scratch;
    /** The files that are there, the oldest first, and what is remembered of each. */
    private final Map<ReadableFile, @Nullable SavedPosition> files = new LinkedHashMap<>();

    Resumption(FileChain chain, Positions positions, SourceMeter meter, ByteBuffer scratch) {
        this.chain = chain;
        this.positions = positions;
        this.meter = meter;
        this.scratch = scratch;
    }

    /**
     * Finds the files and follows them.
     *
     * @param saved what was remembered of the path
     */
    void resume(List<SavedPosition> saved) throws IOException {
        for (ReadableFile file : chain.openSiblings()) {
            files.put(file, null);
        }
        final ReadableFile atPath = openPath();
        if (atPath != null) {
            files.put(atPath, null);
        }
        final List<SavedPosition> unmatched = new ArrayList<>();
        for (SavedPosition position : saved) {
            if (!assign(position, true)) {
                unmatched.add(position);
            }
        }
        for (SavedPosition position : unmatched) {
            if (position.handled().position() == 0 || !assign(position, false)) {
                forget(position);
            }
        }
        chain.setGivenBefore(saved.stream()
                .map(SavedPosition::given)
                .filter(given -> given.position() > 0)
                .toList());
        // Known ones first: the others may be copies of them.
        follow(atPath);
        chain.setGivenBefore(List.of());
    }

    private void follow(@Nullable ReadableFile atPath) throws IOException {
        final List<ReadableFile> unknown = new ArrayList<>();
        final Map<ReadableFile, FollowedFile> followed = new LinkedHashMap<>();
        for (Map.Entry<ReadableFile, @Nullable SavedPosition> entry : files.entrySet()) {
            final ReadableFile file = entry.getKey();
            final SavedPosition position = entry.getValue();
            if (position == null) {
                unknown.add(file);
            } else if (position.finished() && file != atPath) {
                chain.known().finishAgain(file.identity(), position);
                file.close();
            } else {
                followed.put(file, chain.followAgain(file, position));
            }
        }
        for (ReadableFile file : files.keySet()) {
            final FollowedFile known = followed.get(file);
            if (known != null && file != atPath) {
                chain.addOld(known);
            } else if (known != null) {
                chain.setCurrent(known);
            } else if (unknown.contains(file) && file == atPath) {
                file.close();
                chain.openCurrent(null);
            } else if (unknown.contains(file)) {
                chain.followIfUnknown(file);
            }
        }
    }

    private boolean assign(SavedPosition position, boolean sameFile) throws IOException {
        for (Map.Entry<ReadableFile, @Nullable SavedPosition> entry : files.entrySet()) {
            final ReadableFile file = entry.getKey();
            final FileIdentity identity = file.identity();
            if (isFree(entry.getValue(), position, sameFile)
                    && (!sameFile || identity.equals(position.identity()))
                    && position.handled().matches(file, scratch)) {
                if (entry.getValue() != null) {
                    positions.forget(entry.getValue().record());
                }
                entry.setValue(position);
                return true;
            }
        }
        return false;
    }

    /**
     * What is remembered as a copy of another file, and so as done with, is where that file's rest is once it has been cut back; so
     * is a copy that was just going to be read.
     */
    private static boolean isFree(@Nullable SavedPosition taken, SavedPosition position, boolean sameFile) {
        return taken == null || (!sameFile && ((taken.finished() && !position.finished()) || taken.isUntouched()));
    }

    /** Its file is gone. What was not read of it is lost, and nobody knows how much that is beyond what had been given. */
    private void forget(SavedPosition position) throws IOException {
        final boolean done = position.finished() || position.drained() || position.isEmptyCut();
        if (!done && !isGivenAgain(position)) {
            meter.lost(
                    LossReason.ROTATED_AWAY,
                    0,
                    Math.max(0, position.given().position() - position.handled().position()));
        }
        positions.forget(position.record());
    }

    /** Whether nothing was handled yet, and what was given is in a copy, which is read from its beginning. */
    private boolean isGivenAgain(SavedPosition position) throws IOException {
        if (position.handled().position() > 0 || position.given().position() == 0) {
            return false;
        }
        for (ReadableFile file : files.keySet()) {
            if (position.given().matches(file, scratch)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable ReadableFile openPath() throws IOException {
        try {
            return chain.openPath();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
