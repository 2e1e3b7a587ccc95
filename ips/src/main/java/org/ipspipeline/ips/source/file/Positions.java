package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.source.reading.FileIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the positions of a source's files as far as their lines were handled. Every change waits until all the batches that were
 * given before it have gone through the pipeline; so whatever is kept, at any moment, nothing that was not handled lies
 * before it. Not thread-safe.
 */
final class Positions {

    private static final int FIRST_CAPACITY = 256;
    private static final int NONE = -1;
    private static final long FREE = -1;

    private final @Nullable PositionFile file;
    private long givenBatches;
    private long handledBatches;

    /** Changes that wait, a ring of them: of which record, after which batch, and what to write. */
    private int[] records = new int[FIRST_CAPACITY];

    private long[] batches = new long[FIRST_CAPACITY];
    private long[] positions = new long[FIRST_CAPACITY];
    private long[] heads = new long[FIRST_CAPACITY];
    private long[] tails = new long[FIRST_CAPACITY];
    private long[] flags = new long[FIRST_CAPACITY];
    private long first;
    private long next;

    /**
     * Keeps positions in a file.
     *
     * @param file null to keep none
     */
    Positions(@Nullable PositionFile file) {
        this.file = file;
    }

    /** Whether the source was followed when the program last ran. */
    boolean isResumed() {
        return file != null && file.wasUsedBefore();
    }

    /** What was kept when the program last ran, by followed path. */
    Map<Path, List<SavedPosition>> saved() {
        return file == null ? Map.of() : file.saved();
    }

    /** Takes a record for a file that is followed from now on. */
    void open(Path path, FollowedFile followed) {
        if (file != null) {
            followed.setRecord(file.create(path, followed.identity()));
            move(followed);
        }
    }

    /**
     * Takes a record for a file that is done with without being read.
     *
     * @return the record's number, or -1
     */
    int openFinished(Path path, FileIdentity identity, Fingerprint read) {
        final int record = file == null ? NONE : file.create(path, identity);
        if (record != NONE) {
            add(record, read.position(), read.headHash(), read.tailHash(), PositionRecord.FINISHED);
        }
        return record;
    }

    /**
     * Takes a record for content that was cut back: it stands for no file, and is found again by content alone.
     *
     * @return the record's number, or -1
     */
    int openCut(Path path, FollowedFile followed) {
        if (file == null) {
            return NONE;
        }
        final int record = file.create(path, SavedPosition.NO_FILE);
        if (record != NONE) {
            final Fingerprint read = followed.fingerprint();
            final long skipping = followed.isSkipping() ? PositionRecord.SKIPPING : 0;
            enqueue(record, givenBatches + 1, read.position(), read.headHash(), read.tailHash(), skipping);
        }
        return record;
    }

    /** Notes that lines up to a file's position go to the pipeline with the next batch. */
    void give(FollowedFile followed) {
        if (file != null && followed.record() != NONE) {
            final Fingerprint read = followed.fingerprint();
            file.writeGiven(followed.record(), read.position(), read.headHash(), read.tailHash());
            addAfter(givenBatches + 1, followed, 0);
        }
    }

    /** Notes that a file goes on elsewhere. */
    void move(FollowedFile followed) {
        if (file != null && followed.record() != NONE) {
            addAfter(givenBatches, followed, 0);
        }
    }

    /** Notes that an old file was read to its end: if it is gone when the program starts again, nothing was lost. */
    void drain(FollowedFile followed) {
        if (file != null && followed.record() != NONE) {
            addAfter(givenBatches + 1, followed, PositionRecord.DRAINED);
        }
    }

    /** Notes that a file is done with, as far as it was given. */
    void finish(FollowedFile followed) {
        if (file != null && followed.record() != NONE) {
            addAfter(givenBatches + 1, followed, PositionRecord.FINISHED);
        }
    }

    /** Forgets a file that is not there any more. */
    void forget(int record) {
        if (file != null && record != NONE) {
            add(record, FREE, 0, 0, 0);
        }
    }

    /** Whether all that was noted is kept by now. */
    boolean isSettled() {
        return first == next;
    }

    /** Counts a batch that goes to the pipeline. */
    void batchGiven() {
        givenBatches++;
    }

    /**
     * Writes down what is handled.
     *
     * @param batchCount how many more batches have gone through the pipeline
     */
    void batchesHandled(long batchCount) {
        handledBatches += batchCount;
        settle();
    }

    void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private void addAfter(long batch, FollowedFile followed, long extraFlags) {
        final Fingerprint read = followed.fingerprint();
        final long skipping = followed.isSkipping() ? PositionRecord.SKIPPING : 0;
        enqueue(followed.record(), batch, read.position(), read.headHash(), read.tailHash(), skipping | extraFlags);
    }

    private void add(int record, long position, long head, long tail, long newFlags) {
        enqueue(record, givenBatches, position, head, tail, newFlags);
    }

    private void enqueue(int record, long batch, long position, long head, long tail, long newFlags) {
        if (next - first == records.length) {
            grow();
        }
        final int at = (int) (next & (records.length - 1));
        records[at] = record;
        batches[at] = batch;
        positions[at] = position;
        heads[at] = head;
        tails[at] = tail;
        flags[at] = newFlags;
        next++;
        settle();
    }

    private void settle() {
        final PositionFile target = file;
        if (target == null) {
            return;
        }
        while (first < next) {
            final int at = (int) (first & (records.length - 1));
            if (batches[at] > handledBatches) {
                return;
            }
            if (positions[at] == FREE) {
                target.free(records[at]);
            } else {
                target.writeHandled(records[at], positions[at], heads[at], tails[at], flags[at]);
            }
            first++;
        }
    }

    private void grow() {
        final int capacity = records.length * 2;
        final int[] newRecords = new int[capacity];
        final long[][] grown = new long[5][capacity];
        for (long i = first; i < next; i++) {
            final int from = (int) (i & (records.length - 1));
            final int to = (int) (i & (capacity - 1));
            newRecords[to] = records[from];
            grown[0][to] = batches[from];
            grown[1][to] = positions[from];
            grown[2][to] = heads[from];
            grown[3][to] = tails[from];
            grown[4][to] = flags[from];
        }
        records = newRecords;
        batches = grown[0];
        positions = grown[1];
        heads = grown[2];
        tails = grown[3];
        flags = grown[4];
    }
}
