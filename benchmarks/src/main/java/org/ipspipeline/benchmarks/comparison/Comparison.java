package org.ipspipeline.benchmarks.comparison;

/** One side-by-side measurement of ours against its peers, run by {@code ips-pipeline bench NAME}. */
public interface Comparison {

    /**
     * The name on the command line.
     *
     * @return one lower-case word
     */
    String name();

    /**
     * What is compared, for {@code bench --list}.
     *
     * @return one line without a full stop
     */
    String description();

    /**
     * Measures everything, reporting each row as soon as it stands.
     *
     * @param bench the rounds to run and where rows go
     * @throws Exception when a contender fails in a way that makes the comparison meaningless; one that this machine lacks
     *     is reported as a row instead ({@link Bench#lacks})
     */
    void run(Bench bench) throws Exception;
}
