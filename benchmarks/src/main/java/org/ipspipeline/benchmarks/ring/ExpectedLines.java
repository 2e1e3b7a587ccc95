package org.ipspipeline.benchmarks.ring;

/** Checks that every line comes, once, in order and as long as it was written. */
final class ExpectedLines {

    private final int length;
    private long next;

    /** The first line has the number 0. */
    ExpectedLines(int length) {
        this.length = length;
    }

    /** Lines do not come, and it is known. */
    void lost(long lines) {
        next += lines;
    }

    /**
     * Takes a line.
     *
     * @param number what it says in its first 8 bytes
     * @param lineLength its length
     */
    void line(long number, int lineLength) {
        if (number != next || lineLength != length) {
            throw new IllegalStateException(
                    "line " + next + " of " + length + " bytes came as " + number + " of " + lineLength);
        }
        next++;
    }
}
