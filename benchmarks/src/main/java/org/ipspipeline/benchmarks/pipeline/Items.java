package org.ipspipeline.benchmarks.pipeline;

import org.ipspipeline.pipeline.stage.Source;

/** A source of so many items. */
final class Items implements Source<Item> {

    private final long count;
    private long next;

    Items(long count) {
        this.count = count;
    }

    @Override
    public boolean poll(Item item) {
        if (next == count) {
            return false;
        }
        item.fill(next++);
        return true;
    }

    @Override
    public boolean isExhausted() {
        return next == count;
    }
}
