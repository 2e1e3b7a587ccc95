package org.ipspipeline.benchmarks.evaluation;

/** How log lines get from the server to whom they concern. */
enum Medium {
    /** A log file. */
    FILE("log file"),
    /** The shared-memory ring, lines. */
    RING("ring"),
    /** The ring with binary address records, which need no matching. */
    RECORDS("ring, address records"),
    /** The ring, whose oldest lines are overwritten when it is full. */
    OVERWRITING("ring, overwriting");

    private final String title;

    Medium(String title) {
        this.title = title;
    }

    boolean isRing() {
        return this != FILE;
    }

    /** For people. */
    String title() {
        return title;
    }
}
