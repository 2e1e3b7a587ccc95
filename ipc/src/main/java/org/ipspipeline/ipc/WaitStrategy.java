package org.ipspipeline.ipc;

/**
 * How a thread waits for lines: a trade of processor time against the time until a line is seen. {@link WaitStrategies}
 * has the usual ones. One instance may serve any number of threads.
 */
@FunctionalInterface
public interface WaitStrategy {

    /**
     * Waits until the segments of a range have lines.
     *
     * @param lines whose lines to wait for
     * @param timeoutNanos for how long at most
     * @return whether there are lines; false after the timeout, or when the thread is interrupted, which stays set
     */
    boolean await(RangeReader lines, long timeoutNanos);
}
