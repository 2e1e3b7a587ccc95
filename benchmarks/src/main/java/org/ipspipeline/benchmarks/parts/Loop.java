package org.ipspipeline.benchmarks.parts;

/** Times a loop. */
final class Loop {

    private Loop() {}

    /** A loop that returns something of everything it did. */
    @FunctionalInterface
    interface Body {
        long run(int times) throws Exception;
    }

    /** Nanoseconds for each time. */
    static double nanos(int times, Body body) throws Exception {
        long begin = System.nanoTime();
        long result = body.run(times);
        long nanos = System.nanoTime() - begin;
        // Looked at, so that no loop can be left out.
        if (result == Long.MIN_VALUE) {
            throw new IllegalStateException("a loop returned " + result);
        }
        return (double) nanos / times;
    }
}
