package org.ipspipeline.ipc;

/**
 * Time stamps of lines: the machine's monotonic clock in microseconds, as an unsigned 32-bit number that wraps after 71
 * minutes. The same clock for all processes of a machine, so the age of a line is a difference.
 */
public final class Stamps {

    /** A line without a stamp. */
    public static final int NONE = 0;

    private static final int NANOS_PER_MICRO = 1000;

    private Stamps() {}

    /** The stamp of this moment; never {@link #NONE}. */
    public static int now() {
        return of(System.nanoTime());
    }

    /**
     * A moment's stamp.
     *
     * @param nanoTime of {@link System#nanoTime()}
     * @return its stamp, never {@link #NONE}
     */
    public static int of(long nanoTime) {
        final int stamp = (int) (nanoTime / NANOS_PER_MICRO);
        return stamp == NONE ? 1 : stamp;
    }

    /**
     * The time between two stamps that are less than 35 minutes apart.
     *
     * @param from the earlier
     * @param to the later
     * @return microseconds, negative if {@code to} was before {@code from}
     */
    public static int micros(int from, int to) {
        return to - from;
    }
}
