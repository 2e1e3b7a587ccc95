package org.ipspipeline.benchmarks.pipeline;

/**
 * Work of a known length that no compiler removes: multiplications on the four words of an item at once. They keep the
 * processor's multiplier busy by themselves, so that it cannot work on the next item, or in the next stage, at the same time: in
 * whichever order stages and items come, they take the same time.
 */
final class Work {

    private static final int CALIBRATION_STEPS = 2_000_000;
    private static final long FACTOR = 6_364_136_223_846_793_005L;

    private final double nanosPerStep;

    /** Measures this machine. */
    Work() {
        Item item = new Item();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 50; round++) {
            long begin = System.nanoTime();
            doSteps(item, CALIBRATION_STEPS);
            best = Math.min(best, (System.nanoTime() - begin) / (double) CALIBRATION_STEPS);
        }
        nanosPerStep = best;
    }

    /** How many steps take so long. */
    int steps(double nanos) {
        return Math.max(1, (int) Math.round(nanos / nanosPerStep));
    }

    /** Does the work. */
    static void doSteps(Item item, int steps) {
        long first = item.first;
        long second = item.second;
        long third = item.third;
        long fourth = item.fourth;
        for (int step = 0; step < steps; step++) {
            first = first * FACTOR + 1;
            second = second * FACTOR + 3;
            third = third * FACTOR + 5;
            fourth = fourth * FACTOR + 7;
        }
        item.first = first;
        item.second = second;
        item.third = third;
        item.fourth = fourth;
    }
}
