package org.ipspipeline.ipc;

/**
 * Keeps a reader from looking at the tail as often as it can. Each look takes the tail's cache line, and that of the line
 * being written, away from the writer, whose stores then wait: a reader that is at the writer's heels slows it down to
 * the pace of its looks, gets a line or two at each, and so stays at its heels.
 *
 * <p>So the first look that finds a few lines is followed by a short pause before the next one, and further such looks by
 * longer ones, up to about half a microsecond, in which lines gather. A look that finds nothing ends this: where lines
 * come one at a time, as in questions and answers, each is seen as soon as it is there.
 *
 * <p>For one thread at a time.
 */
final class LookPacing extends CacheLinePadded {

    private static final int MAX_SPINS = 15;

    /** Fewer lines, or bytes of lines, than this at a look are few. */
    private final long few;

    private int spins;

    /**
     * Looks without pauses until lines come.
     *
     * @param quantum what a writer takes at a time, see {@link RecordFormat#quantum}
     */
    LookPacing(long quantum) {
        this.few = quantum / 2;
    }

    /** Before a look. */
    void pause() {
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }

    /**
     * After a look.
     *
     * @param distance what it found, in positions
     */
    void found(long distance) {
        if (distance <= 0) {
            spins = 0;
        } else if (distance < few) {
            spins = Math.min(2 * spins + 1, MAX_SPINS);
        }
    }
}
