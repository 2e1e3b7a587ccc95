package org.ipspipeline.benchmarks.pipeline;

import org.ipspipeline.pipeline.stage.Stage;

/** Four small stages with the same work, each of a class of its own, as in a real pipeline. */
final class SmallStages {

    private SmallStages() {}

    /** The first. */
    static final class Parse implements Stage<Item> {

        private final int steps;

        Parse(int steps) {
            this.steps = steps;
        }

        @Override
        public void handle(Item item) {
            Work.doSteps(item, steps);
        }
    }

    /** The second. */
    static final class Match implements Stage<Item> {

        private final int steps;

        Match(int steps) {
            this.steps = steps;
        }

        @Override
        public void handle(Item item) {
            Work.doSteps(item, steps);
        }
    }

    /** The third. */
    static final class Count implements Stage<Item> {

        private final int steps;

        Count(int steps) {
            this.steps = steps;
        }

        @Override
        public void handle(Item item) {
            Work.doSteps(item, steps);
        }
    }

    /** The fourth, which keeps a sum that is compared. */
    static final class Ban implements Stage<Item> {

        private final int steps;
        private long sum;

        Ban(int steps) {
            this.steps = steps;
        }

        @Override
        public void handle(Item item) {
            Work.doSteps(item, steps);
            sum += item.digest();
        }

        long sum() {
            return sum;
        }
    }
}
