package org.ipspipeline.benchmarks.ring;

/** The writing side of a mechanism that carries numbered lines. For one thread. */
interface LineWriter extends AutoCloseable {

    /**
     * Writes lines, waiting while there is no room: as many as the mechanism publishes together.
     *
     * @param number the first one's
     * @return how many
     */
    int write(long number);

    @Override
    void close();
}
