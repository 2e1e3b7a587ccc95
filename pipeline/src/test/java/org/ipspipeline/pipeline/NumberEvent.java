package org.ipspipeline.pipeline;

/** An event of the tests: a number of a source, and a bit for each stage that it has gone through. */
final class NumberEvent {

    int source;
    long number;
    volatile int trail;
}
