package org.ipspipeline.benchmarks.ring;

/** The reading side of a mechanism that carries numbered lines. For one thread. */
interface LineReader extends AutoCloseable {

    /**
     * Takes what has come, up to some lines, and checks each.
     *
     * @param expected counts and checks
     * @return how many came
     */
    int read(ExpectedLines expected);

    @Override
    void close();
}
