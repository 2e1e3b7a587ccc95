package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.futex.Futex;
import org.ipspipeline.ipc.layout.CursorsHeader;
import org.ipspipeline.ipc.layout.ReaderSlot;
import org.ipspipeline.ipc.layout.Words;

/**
 * Readers that sleep until lines come, and how writers wake them. Which readers sleep stands in a word a segment, so
 * that a writer whose readers are awake only looks at a word that nobody changes.
 */
final class Sleepers {

    private final ByteBuffer buffer;
    private final Cursors cursors;
    private final Futex futex;
    private final long base;

    Sleepers(Cursors cursors, Futex futex) {
        this.cursors = cursors;
        this.buffer = cursors.buffer();
        this.futex = futex;
        this.base = futex.address(buffer, 0);
    }

    /** Wakes the readers that sleep until lines come to a segment. */
    void wake(int segment) {
        long sleeping = Words.getAndSetLong(buffer, cursors.sleepersOffset(segment), 0);
        while (sleeping != 0) {
            final int reader = Long.numberOfTrailingZeros(sleeping);
            sleeping &= sleeping - 1;
            if (reader < cursors.readers()) {
                final int word = word(reader);
                Words.getAndAddInt(buffer, word, 1);
                futex.wakeAll(base + word);
            }
        }
    }

    /** What to give to {@link #sleep}; to be taken before a reader announces that it sleeps. */
    int wakeUps(int reader) {
        return Words.getIntAcquire(buffer, word(reader));
    }

    /** Announces that a reader is going to sleep until lines come to a segment. */
    void announce(int reader, int segment) {
        Words.getAndOrLong(buffer, cursors.sleepersOffset(segment), 1L << reader);
    }

    /** Sleeps until a writer wakes the reader, unless one has since its wake-ups were looked at. */
    void sleep(int reader, int wakeUps, long timeoutNanos) {
        futex.sleep(base + word(reader), wakeUps, timeoutNanos);
    }

    private static int word(int reader) {
        return CursorsHeader.slotOffset(reader) + ReaderSlot.FUTEX_OFFSET;
    }
}
