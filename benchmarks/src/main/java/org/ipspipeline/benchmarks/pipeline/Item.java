package org.ipspipeline.benchmarks.pipeline;

/** The event of these measurements: four words to work on. */
final class Item {

    long first;
    long second;
    long third;
    long fourth;

    /** Fills it anew. */
    void fill(long number) {
        first = number;
        second = number + 1;
        third = number + 2;
        fourth = number + 3;
    }

    /** What has become of it. */
    long digest() {
        return first ^ second ^ third ^ fourth;
    }
}
